import { z } from 'zod';
import { outcomeCountsSchema } from './latency-schema.ts';

const orders = (meaning: string) =>
  z.int().nonnegative().describe(meaning).meta({ unit: 'orders' });
const rate = (meaning: string) =>
  z.number().nonnegative().describe(meaning).meta({ unit: 'orders/s' });

const stageSchema = z
  .object({
    name: z.string().describe('Name of the stage; steps of the report carry it.'),
    durationSeconds: z.number().nonnegative().describe('Length.').meta({ unit: 's' }),
    fromRate: rate('Arrival rate at its start.'),
    toRate: rate('Arrival rate at its end; in between it goes in a straight line.'),
  })
  .meta({ id: 'Stage' });

export const loadSchema = z
  .object({
    model: z
      .literal('open')
      .describe('Orders arrive at the planned rate whether or not the target keeps up.'),
    stages: z.array(stageSchema).readonly().describe('The shape that was asked for.'),
    warmup: stageSchema.nullable().describe('Load before the measured stages, or null.'),
    plannedOrders: z
      .number()
      .nonnegative()
      .describe('Orders in the planned shape.')
      .meta({ unit: 'orders' }),
    loadedMs: z
      .number()
      .nonnegative()
      .describe(
        'Time during which load was made: from the first order to the last, at most the planned time.',
      )
      .meta({ unit: 'ms' }),
    offered: orders('Orders that fell due: sent + dropped.'),
    sent: orders('Orders whose iteration began.'),
    dropped: orders('Orders that fell due when no VU was free, so that they were never sent.'),
    slo: z
      .object({
        successRatio: z
          .number()
          .min(0)
          .max(1)
          .describe('Lowest acceptable share of offered orders that were stored.')
          .meta({ unit: 'ratio' }),
        p95Ms: z
          .number()
          .positive()
          .describe('Highest acceptable 95th percentile of the latency.')
          .meta({ unit: 'ms' }),
      })
      .describe('Service levels that decide between pass and fail.'),
    maxVUs: z
      .int()
      .nonnegative()
      .describe('Highest number of virtual users that k6 could use.')
      .meta({ unit: 'count' }),
    littleBoundVUs: z
      .int()
      .nonnegative()
      .describe(
        'Peak rate × request timeout, more where orders are sent again: with this many VUs no target can exhaust them (Little’s law).',
      )
      .meta({ unit: 'count' }),
    requestTimeoutMs: z
      .number()
      .positive()
      .describe('Longest wait for an answer.')
      .meta({ unit: 'ms' }),
  })
  .describe('The load that was asked for, and how much of it was made.');

export const requestsSchema = z
  .object({
    offered: orders('Orders that fell due: total + dropped.'),
    total: orders('Orders that were started. Outcomes + unresolved = total.'),
    dropped: orders('Orders that fell due but were not sent; they count as not served.'),
    unresolved: orders(
      'Orders that were started and never came to an outcome; they count as not served.',
    ),
    rps: z
      .number()
      .nonnegative()
      .nullable()
      .describe(
        'Orders started per second while load was made (total / load.loadedMs). Null when none was started.',
      )
      .meta({ unit: 'orders/s' }),
    successRatio: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('(created + duplicate) / offered. Null when nothing was offered.')
      .meta({ unit: 'ratio' }),
    successRatioInterval: z
      .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
      .readonly()
      .nullable()
      .describe('95 % Wilson score interval of `successRatio`.')
      .meta({ unit: 'ratio' }),
    outcomes: outcomeCountsSchema.describe('Orders by what became of them.'),
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
