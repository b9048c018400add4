import * as z from 'zod';
import { NOT_SENT_REASONS } from '../../order/not-sent.ts';
import { failureSchema } from './failure-schema.ts';
import {
  count,
  ms,
  orders,
  positiveCount,
  positiveMs,
  positiveOrders,
  positiveRatio,
  rate,
  seconds,
  share,
  shareInterval,
} from './fields.ts';
import { outcomeCountsSchema } from './latency-schema.ts';

const stageSchema = z
  .object({
    name: z.string().describe('Name of the stage; steps of the report carry it.'),
    durationSeconds: seconds('Length.'),
    fromRate: rate('Arrival rate at its start.'),
    toRate: rate('Arrival rate at its end; in between it goes in a straight line.'),
  })
  .meta({ id: 'Stage' });

export const notSentSchema = z
  .object({
    why: z
      .enum(NOT_SENT_REASONS)
      .describe(
        'inFlight: as many orders as allowed were in flight. overdue: k6 was held up until more than a second after they were due. descriptors, ports, memory: this machine had none left for a connection. nameServer: the target’s name could not be looked up. network: this machine had no way to it. proxy: the proxy of the environment was not to be reached. request: k6 refused to make the request, because a header or the address is not valid. virtualUsers: no VU of k6 was free.',
      ),
    orders: positiveOrders('How many.'),
  })
  .meta({ id: 'NotSent' });

const arrivalsSchema = z
  .object({
    kind: z
      .enum(['even', 'poisson', 'cv', 'recorded'])
      .describe(
        'even: at even distances. poisson: at random. cv: gamma-distributed gaps. recorded: at the times of a file.',
      ),
    cv: positiveRatio('Standard deviation of the gaps over their mean. Of `cv` only.').optional(),
    file: z
      .string()
      .describe('Name of the recording. Of `recorded` only, as all that follow.')
      .optional(),
    speed: positiveRatio('How many times as fast it was replayed as it was recorded.').optional(),
    orders: orders('Orders in it.').optional(),
    peakPerSecond: rate('Most orders in any second of the replay.').optional(),
    sha256: z
      .string()
      .describe('Of the times: the same for the same recording at the same speed.')
      .optional(),
  })
  .describe(
    'How the orders follow each other. With the stages and the seed of the run it gives every moment at which one was due. Absent in older reports, where it was even.',
  );

const requestSchema = z
  .object({
    method: z.string().describe('HTTP method that sends an order.'),
    path: z.string().describe('Path below the base URL.'),
    auth: z.string().describe('How requests got in: none, apiKey, bearer, sigv4 …'),
    headers: z
      .array(z.string())
      .readonly()
      .describe('Names of the headers that were added, in order of the alphabet.'),
    http1: z.boolean().describe('HTTP/2 was not used, even if offered.'),
    orderHash: z
      .string()
      .nullable()
      .describe(
        'Of what the config says of orders and their answers beyond the contract, without secrets. Null where it says nothing.',
      ),
  })
  .describe('How orders were sent. Absent in older reports.');

export const loadSchema = z
  .object({
    model: z
      .literal('open')
      .describe('Orders arrive at the planned rate whether or not the target keeps up.'),
    stages: z.array(stageSchema).readonly().describe('The shape that was asked for.'),
    arrivals: arrivalsSchema.optional(),
    warmup: stageSchema.nullable().describe('Load before the measured stages, or null.'),
    plannedOrders: z
      .number()
      .nonnegative()
      .describe('Orders in the planned shape.')
      .meta({ unit: 'orders' }),
    loadedMs: ms(
      'Time during which load was made: the planned time, or up to where the run was stopped. Rates are over it.',
    ),
    offered: orders('Orders that fell due: sent + dropped.'),
    sent: orders('Orders that were sent.'),
    dropped: orders(
      'Orders that fell due and were never sent, which is the load generator’s doing; `generator.notSent` says why.',
    ),
    slo: z
      .object({
        successRatio: share('Lowest acceptable share of offered orders that were stored.'),
        p95Ms: positiveMs('Highest acceptable 95th percentile of the latency.'),
      })
      .describe('Service levels that decide between pass and fail.'),
    maxVUs: count('The older name of `maxInFlight`.'),
    littleBoundVUs: count('The older name of `inFlightBound`.'),
    maxInFlight: positiveOrders(
      'Orders that could be in flight at once. Absent in older reports.',
    ).optional(),
    inFlightBound: orders(
      'Orders in flight at most while none takes longer than the request timeout: peak rate × timeout (Little’s law), more where orders are sent again or arrive at random. Absent in older reports.',
    ).optional(),
    inFlightLimit: z
      .object({
        what: z.string().describe('The limit, in plain words.'),
        mend: z.string().describe('What to do about it.'),
      })
      .describe(
        'What of the generator’s machine has no room for `inFlightBound` orders. Absent where nothing does.',
      )
      .optional(),
    clients: positiveCount(
      'Event loops of each k6 process that sent the orders in turn; they share no connections. Absent in older reports.',
    ).optional(),
    request: requestSchema.optional(),
    requestTimeoutMs: positiveMs('Longest wait for an answer.'),
  })
  .describe('The load that was asked for, and how much of it was made.');

export const requestsSchema = z
  .object({
    offered: orders('Orders that fell due: total + dropped.'),
    total: orders('Orders that were sent. Outcomes + unresolved = total.'),
    dropped: orders(
      'Orders that fell due but were not sent. They are not stored, and never held against the target: where they could change the verdict, the run is invalid.',
    ),
    unresolved: orders(
      'Orders that were sent and never came to an outcome; they count as not stored.',
    ),
    rps: rate.orNull(
      'Orders started per second while load was made (total / load.loadedMs). Null when none was started.',
    ),
    successRatio: share.orNull('(created + duplicate) / offered. Null when nothing was offered.'),
    successRatioInterval: shareInterval.orNull('95% Wilson score interval of `successRatio`.'),
    outcomes: outcomeCountsSchema.describe('Orders by what became of them.'),
    failures: z
      .array(failureSchema)
      .readonly()
      .describe(
        'Orders that were answered or broke off without being stored, by how, most frequent first. At most 30 entries; what is beyond is counted in the entry of its outcome without status and error. Those of an outcome add up to it. Absent in older reports.',
      )
      .optional(),
  })
  .describe('Orders counted, exactly. Warm-up orders are not in it.');

export const warmupSchema = z
  .object({
    started: orders('Warm-up orders that were started.'),
    dropped: orders('Warm-up orders that fell due but were not sent.'),
    outcomes: outcomeCountsSchema,
  })
  .describe('Orders before the measured load. They are in no other figure.');

export const ordersSchema = z
  .object({
    idPattern: z
      .string()
      .describe(
        'Pattern of the ids of measured orders: the iteration counts from 0 over the whole test. Several k6 processes share the numbers out with gaps.',
      ),
    warmupIdPattern: z.string().describe('Pattern of the ids of warm-up orders.'),
    prefix: z.string().describe('What every order id of this run begins with; it marks test data.'),
    body: z
      .object({
        template: z
          .unknown()
          .describe('The template that the orders were written by, with its placeholders.')
          .optional(),
        file: z.string().describe('Name of the file whose lines were sent in turn.').optional(),
        rows: positiveCount('Lines in it.').optional(),
        sha256: z.string().describe('SHA-256 of the file.').optional(),
      })
      .describe(
        'What the bodies were made of; with `run.id`, `run.seed` and the number of an order it gives the body again, but for times. Absent where orders had the suite’s five fields.',
      )
      .optional(),
    idField: z
      .string()
      .describe('JSON path of the body’s field that held the id. Absent for the five fields.')
      .optional(),
    idFrom: z
      .string()
      .describe(
        'Where the answers said which id the API had made: a JSON path or the Location header. Absent where orders brought their own. `idPattern` is then what {{orderId}} was, and no id of the API.',
      )
      .optional(),
    iterations: orders('Measured iterations that began, over all k6 processes.'),
    warmupIterations: orders('Warm-up iterations that began.'),
  })
  .describe('How the ids of the orders of this run can be enumerated.');

export const thresholdSchema = z
  .object({
    name: z
      .string()
      .describe(
        'success: stored over offered. p95: latency. offered: orders offered over orders planned, which is the generator’s duty and not the target’s.',
      ),
    slo: z.number().describe('The limit: lowest value for ratios, highest for latencies.'),
    observed: z.number().nullable().describe('What was measured, or null when it could not be.'),
    unit: z.enum(['ratio', 'ms']).describe('Unit of `slo` and `observed`.'),
    ok: z.boolean().describe('The limit was kept.'),
  })
  .meta({ id: 'Threshold' });
