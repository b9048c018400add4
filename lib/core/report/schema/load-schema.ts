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
    name: z.string().describe('Name of the stage; its step in the report has the same name.'),
    durationSeconds: seconds('Length of the stage.'),
    fromRate: rate('Arrival rate at its start.'),
    toRate: rate('Arrival rate at its end; in between it changes linearly.'),
  })
  .meta({ id: 'Stage' });

export const notSentSchema = z
  .object({
    why: z
      .enum(NOT_SENT_REASONS)
      .describe(
        'inFlight: the limit of orders in flight was reached. overdue: k6 was held up until more than a second after they were due. descriptors, ports, memory: this machine had none left for a connection. nameServer: the target’s name could not be resolved. network: this machine had no network route to the target. proxy: the proxy named in the environment could not be reached. request: k6 refused to make the request, because a header or the address is not valid. virtualUsers: no VU of k6 was free.',
      ),
    orders: positiveOrders('Number of orders.'),
  })
  .meta({ id: 'NotSent' });

const arrivalsSchema = z
  .object({
    kind: z
      .enum(['even', 'poisson', 'cv', 'recorded'])
      .describe(
        'even: evenly spaced. poisson: at random. cv: gamma-distributed gaps. recorded: at the times in a file.',
      ),
    cv: positiveRatio('Standard deviation of the gaps / their mean. Only for `cv`.').optional(),
    file: z
      .string()
      .describe(
        'Name of the recording. This field and the following ones are only there for `recorded`.',
      )
      .optional(),
    speed: positiveRatio(
      'Speed of the replay relative to the recording: 2 is twice as fast.',
    ).optional(),
    orders: orders('Orders in the replay.').optional(),
    peakPerSecond: rate('Most orders in any second of the replay.').optional(),
    sha256: z
      .string()
      .describe('SHA-256 of the times: equal for the same recording at the same speed.')
      .optional(),
  })
  .describe(
    'How the orders are spaced. With the stages and the seed of the run it determines every moment at which an order was due. Absent in older reports, whose orders were evenly spaced.',
  );

const requestSchema = z
  .object({
    method: z.string().describe('HTTP method that sends an order.'),
    path: z.string().describe('Path below the base URL.'),
    auth: z.string().describe('How requests were authenticated: none, apiKey, bearer, sigv4 …'),
    headers: z
      .array(z.string())
      .readonly()
      .describe('Names of the added headers, in alphabetical order.'),
    http1: z.boolean().describe('HTTP/2 was not used, even if the target offers it.'),
    orderHash: z
      .string()
      .nullable()
      .describe(
        'Hash of the config’s settings for orders and their responses that differ from the contract, without secrets. Null if there are none.',
      ),
  })
  .describe('How orders were sent. Absent in older reports.');

export const loadSchema = z
  .object({
    model: z
      .literal('open')
      .describe('Orders arrive at the planned rate whether or not the target keeps up.'),
    stages: z.array(stageSchema).readonly().describe('The planned load.'),
    arrivals: arrivalsSchema.optional(),
    warmup: stageSchema.nullable().describe('Load before the measured stages, or null.'),
    plannedOrders: z
      .number()
      .nonnegative()
      .describe('Orders in the planned stages.')
      .meta({ unit: 'orders' }),
    loadedMs: ms(
      'Duration of the load: as planned, or until the run was stopped. Rates are per second of this time.',
    ),
    offered: orders('Orders that fell due: sent + dropped.'),
    sent: orders('Orders that were sent.'),
    dropped: orders(
      'Orders that fell due and were never sent. That is the load generator’s doing; `generator.notSent` has the reasons.',
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
      'Most orders that can be in flight if none takes longer than the request timeout: peak rate × timeout (Little’s law), and more if orders are sent again or arrive at random. Absent in older reports.',
    ).optional(),
    inFlightLimit: z
      .object({
        what: z.string().describe('The limit, in plain words.'),
        mend: z.string().describe('What to do about it.'),
      })
      .describe(
        'The limit of the generator’s machine that does not allow `inFlightBound` orders in flight. Absent if there is none.',
      )
      .optional(),
    clients: positiveCount(
      'Number of event loops in each k6 process, which send the orders in turn and share no connections. Absent in older reports.',
    ).optional(),
    request: requestSchema.optional(),
    requestTimeoutMs: positiveMs('Longest wait for a response.'),
  })
  .describe('The planned load, and how much of it was generated.');

export const requestsSchema = z
  .object({
    offered: orders('Orders that fell due: total + dropped.'),
    total: orders('Orders that were sent. Outcomes + unresolved = total.'),
    dropped: orders(
      'Orders that fell due and were never sent. They count as not stored but never against the target: if they could change the verdict, the run is invalid.',
    ),
    unresolved: orders(
      'Orders that were sent and had no outcome when the run ended; they count as not stored.',
    ),
    rps: rate.orNull(
      'Orders sent per second of load (total / load.loadedMs). Null if none was sent.',
    ),
    successRatio: share.orNull(
      'Success: stored / offered = (created + duplicate) / offered. Null if nothing was offered.',
    ),
    successRatioInterval: shareInterval.orNull('95% Wilson score interval of `successRatio`.'),
    outcomes: outcomeCountsSchema.describe('Orders by outcome.'),
    failures: z
      .array(failureSchema)
      .readonly()
      .describe(
        'Orders that failed, by way of failing, most frequent first. At most 30 entries; any others are counted in the entry of their outcome that has neither status nor error. The entries of an outcome add up to it. Absent in older reports.',
      )
      .optional(),
  })
  .describe('Exact counts of orders, without the warm-up.');

export const warmupSchema = z
  .object({
    started: orders('Warm-up orders that were sent.'),
    dropped: orders('Warm-up orders that fell due and were never sent.'),
    outcomes: outcomeCountsSchema,
  })
  .describe('Orders before the measured load. They are excluded from all other figures.');

export const ordersSchema = z
  .object({
    idPattern: z
      .string()
      .describe(
        'Pattern of the ids of measured orders: the iteration counts from 0 over the whole test. Several k6 processes share the numbers, with gaps.',
      ),
    warmupIdPattern: z.string().describe('Pattern of the ids of warm-up orders.'),
    prefix: z.string().describe('Prefix of every order id of this run; it marks test data.'),
    body: z
      .object({
        template: z.unknown().describe('Template of the bodies, with its placeholders.').optional(),
        file: z.string().describe('Name of the file whose lines were sent in turn.').optional(),
        rows: positiveCount('Lines in the file.').optional(),
        sha256: z.string().describe('SHA-256 of the file.').optional(),
      })
      .describe(
        'Source of the bodies. With `run.id`, `run.seed` and the number of an order it reproduces the body, except for times. Absent if orders had the suite’s five fields.',
      )
      .optional(),
    idField: z
      .string()
      .describe(
        'JSON path of the field in the body that held the id. Absent for the suite’s five fields.',
      )
      .optional(),
    idFrom: z
      .string()
      .describe(
        'Where responses told the id that the API had made: a JSON path or the Location header. Then `idPattern` is the pattern of {{orderId}}, not of the API’s ids. Absent if orders brought their own ids.',
      )
      .optional(),
    iterations: orders('Measured iterations that were started, over all k6 processes.'),
    warmupIterations: orders('Warm-up iterations that were started.'),
  })
  .describe('How the ids of the orders of this run can be enumerated.');

export const thresholdSchema = z
  .object({
    name: z
      .string()
      .describe(
        'success: stored / offered. p95: latency. offered: offered / planned orders, which depends on the generator and not on the target.',
      ),
    slo: z.number().describe('The limit: lowest value for ratios, highest for latencies.'),
    observed: z.number().nullable().describe('The measured value, or null if there is none.'),
    unit: z.enum(['ratio', 'ms']).describe('Unit of `slo` and `observed`.'),
    ok: z.boolean().describe('The limit was met.'),
  })
  .meta({ id: 'Threshold' });
