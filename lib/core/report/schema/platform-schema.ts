import * as z from 'zod';
import type { CostEstimate } from '../../cost/estimate-cost.ts';
import { count, ms, orders, positiveCount, seconds, share, usd } from './fields.ts';
import { type Figure, figureSchema } from './figure-schema.ts';
import { latencyStatsSchema } from './latency-schema.ts';
import { notSentSchema } from './load-schema.ts';
import { platformViewSchema } from './platform-view-schema.ts';

export type { Figure };

export const lambdaSchema = z
  .object({
    handlerSeen: z
      .boolean()
      .describe(
        'At least one response carried the handler’s headers: Server-Timing with cold, init or handler, or x-order-result on a response that is not a success.',
      ),
    coldStarts: figureSchema.describe('Responses marked as cold starts.'),
    coldStartRatio: figureSchema.describe('Cold starts / responses.'),
    initMs: latencyStatsSchema
      .nullable()
      .describe('Duration of the INIT phase of cold starts. Null if not known.'),
    handlerMs: latencyStatsSchema
      .nullable()
      .describe('Duration of the handler, as reported by it. Null if not known.'),
    concurrency: figureSchema.describe(
      'Mean number of orders in progress at once, by Little’s law.',
    ),
    peakConcurrency: figureSchema.describe(
      'Mean number of orders in progress at once in the busiest window.',
    ),
    throttles: figureSchema.describe(
      'Orders refused because of too many requests, as the client saw it.',
    ),
    billedGbSeconds: figureSchema.describe('Billed memory-time.'),
    costPerMillionOrdersUsd: figureSchema.describe(
      'Cost of a million stored orders at this run’s figures.',
    ),
    platform: platformViewSchema.optional(),
  })
  .describe(
    'The serverless side of the run. Each figure tells whether it was measured, derived or is absent.',
  );

const exceptionSchema = z.object({
  message: z.string().describe('First line of the exception, with its place in the source.'),
  count: positiveCount('How often it was logged.'),
});

export const generatorSchema = z
  .object({
    cpuSeconds: seconds.orNull('CPU time of k6, user and system.'),
    cpuMicrosPerOrder: z
      .number()
      .nonnegative()
      .nullable()
      .describe('CPU time of k6 per order that was sent, including warm-up and second sends.')
      .meta({ unit: 'µs' }),
    cpuShare: z
      .number()
      .nonnegative()
      .nullable()
      .describe('CPU time of k6 / CPU time of the machine during the run (wall time × CPUs).')
      .meta({ unit: 'ratio' }),
    peakCpuShare: z
      .number()
      .nonnegative()
      .nullable()
      .describe(
        'Highest share of its available processors (GOMAXPROCS) that k6 used over a second and a half under load. Null if unknown.',
      )
      .meta({ unit: 'ratio' }),
    peakRssBytes: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Highest resident memory of k6.')
      .meta({ unit: 'bytes' }),
    peakVUs: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Highest number of k6’s VUs. An event loop counts as one VU.')
      .meta({ unit: 'count' }),
    dropped: orders('Orders that fell due and were never sent.'),
    notSent: z
      .array(notSentSchema)
      .readonly()
      .describe('Dropped orders by reason. Absent in older reports.')
      .optional(),
    latenessMs: latencyStatsSchema
      .describe(
        'Lateness: how long after they were due orders were started, to the millisecond. It is not part of any latency. Absent if not known: in older reports, and if each order waited in a VU.',
      )
      .optional(),
    peakInFlight: orders('Most orders in flight at once. Absent if not known.').optional(),
    heldBack: z
      .object({
        quotaMs: ms.orNull(
          'CPU time that a quota (cgroup) kept k6 and its group from using, summed over CPUs. Null without a quota, or if not known.',
        ),
        pressureShare: share.orNull(
          'Share of the run in which something runnable waited for a CPU. Null if the kernel does not report it.',
        ),
      })
      .describe('What kept k6 from running. Absent in older reports.')
      .optional(),
    token: z
      .object({
        renewals: count('Number of times the token was replaced by a new one.'),
        failures: count('Number of times no new token could be obtained.'),
        lastFailure: z.string().nullable().describe('Why the last such attempt failed, or null.'),
        refusedOrders: orders(
          'Orders that were refused with 401 or 403 because their token could not be renewed, or was renewed too late.',
        ),
      })
      .describe('Bearer tokens that were renewed during the run. Absent if none were to be.')
      .optional(),
    saturated: z
      .boolean()
      .describe(
        'The machine that made the load was at its limit, so the figures describe the generator and not the target.',
      ),
    why: z
      .string()
      .nullable()
      .describe('Why the generator counts as saturated, or null if it does not.'),
    saturatedAt: z.iso
      .datetime()
      .describe('When its CPU was first at the limit. Absent if it never was, or if not known.')
      .meta({ unit: 'ISO 8601, UTC' })
      .optional(),
    exceptions: z
      .array(exceptionSchema)
      .readonly()
      .describe('Exceptions in the scenario’s own code, most frequent first.'),
  })
  .describe('How the load generator’s machine coped.');

const costItemSchema = z
  .object({
    name: z.string().describe('Name of the charge.'),
    quantity: z.number().nonnegative().describe('Billed quantity.'),
    unit: z.string().describe('Unit of the quantity.'),
    unitPriceUsd: usd('Price of one unit.'),
    usd: usd('Quantity × price.'),
  })
  .meta({ id: 'CostItem' });

const costEstimateSchema = z
  .object({
    orders: z
      .number()
      .nonnegative()
      .describe('Orders that the estimate covers.')
      .meta({ unit: 'orders' }),
    totalUsd: usd('Sum of the items.'),
    items: z.array(costItemSchema).readonly().describe('The items of the sum.'),
    assumptions: z.array(z.string()).readonly().describe('Assumptions about what is not known.'),
  })
  .meta({ id: 'CostEstimate' }) satisfies z.ZodType<CostEstimate>;

export const costSchema = z
  .object({
    currency: z.literal('USD').describe('Currency of every price.'),
    priceListDate: z.iso.date().describe('Date of the price list.'),
    region: z.string().describe('AWS region of the prices.'),
    hypothetical: z
      .boolean()
      .describe(
        'True if the target does not run on AWS: then this is what the run would have cost there.',
      ),
    before: costEstimateSchema.describe('Estimate from the plan.'),
    after: costEstimateSchema.describe('Estimate from what was sent and measured.'),
  })
  .describe(
    'Cost of the run on AWS according to the price list, without free tiers and data transfer. An estimate, not a bill.',
  );
