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
        'The handler’s own headers were seen: a Server-Timing that says cold, init or handler, or x-order-result on an answer that is no success.',
      ),
    coldStarts: figureSchema.describe('Answers marked as cold starts.'),
    coldStartRatio: figureSchema.describe('Cold starts over answers.'),
    initMs: latencyStatsSchema
      .nullable()
      .describe('Duration of the INIT phase of cold starts; null when absent.'),
    handlerMs: latencyStatsSchema
      .nullable()
      .describe('Duration of the handler as it stated it; null when absent.'),
    concurrency: figureSchema.describe('Mean number of orders in work at once, by Little’s law.'),
    peakConcurrency: figureSchema.describe('The same in the busiest window.'),
    throttles: figureSchema.describe('Orders refused for too many requests, as the client saw it.'),
    billedGbSeconds: figureSchema.describe('Billed memory-time.'),
    costPerMillionOrdersUsd: figureSchema.describe(
      'Price of a million orders at this run’s figures.',
    ),
    platform: platformViewSchema.optional(),
  })
  .describe(
    'The serverless side of the run. Each figure says whether it was measured, derived or is absent.',
  );

const exceptionSchema = z.object({
  message: z.string().describe('First line of the exception, with the place in the source.'),
  count: positiveCount('How often it was logged.'),
});

export const generatorSchema = z
  .object({
    cpuSeconds: seconds.orNull('CPU time of k6, user and system.'),
    cpuMicrosPerOrder: z
      .number()
      .nonnegative()
      .nullable()
      .describe('CPU time of k6 per order that was sent, warm-up and second sends included.')
      .meta({ unit: 'µs' }),
    cpuShare: z
      .number()
      .nonnegative()
      .nullable()
      .describe('CPU time of k6 over what the machine had while the run lasted (wall time × CPUs).')
      .meta({ unit: 'ratio' }),
    peakCpuShare: z
      .number()
      .nonnegative()
      .nullable()
      .describe(
        'Highest share of the processors k6 may use (GOMAXPROCS) over a second and a half under load, or null when unknown.',
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
      .describe('Highest number of k6’s VUs seen. An event loop is one.')
      .meta({ unit: 'count' }),
    dropped: orders('Orders that fell due and were not sent.'),
    notSent: z
      .array(notSentSchema)
      .readonly()
      .describe('The same by the reason. Absent in older reports.')
      .optional(),
    latenessMs: latencyStatsSchema
      .describe(
        'How long after they were due orders were started, to the millisecond. It is in no latency. Absent where it is not known: in older reports, and where each order waited in a VU.',
      )
      .optional(),
    peakInFlight: orders('Most orders in flight at once. Absent where it is not known.').optional(),
    heldBack: z
      .object({
        quotaMs: ms.orNull(
          'CPU time that a quota (cgroup) kept k6 and its group from using, summed over CPUs. Null without a quota, or where it is not known.',
        ),
        pressureShare: share.orNull(
          'Share of the run in which something that could run waited for a CPU. Null where the kernel does not tell.',
        ),
      })
      .describe('What kept k6 from running. Absent in older reports.')
      .optional(),
    token: z
      .object({
        renewals: count('How often another token took the place of one.'),
        failures: count('How often none could be got.'),
        lastFailure: z.string().nullable().describe('Why the last of those failed, or null.'),
        refusedOrders: orders(
          'Orders that were answered 401 or 403 because their token could not be renewed, or was renewed too late.',
        ),
      })
      .describe('Bearer tokens that were renewed during the run. Absent where none were.')
      .optional(),
    saturated: z
      .boolean()
      .describe(
        'The machine that made the load was at its limit, so the figures describe it and not the target.',
      ),
    why: z.string().nullable().describe('Why it counts as saturated; null when it does not.'),
    saturatedAt: z.iso
      .datetime()
      .describe('When its CPU was first seen at the limit. Absent when it never was, or not known.')
      .meta({ unit: 'ISO 8601, UTC' })
      .optional(),
    exceptions: z
      .array(exceptionSchema)
      .readonly()
      .describe('Exceptions in the scenario’s own code, most frequent first.'),
  })
  .describe('How the machine that made the load fared.');

const costItemSchema = z
  .object({
    name: z.string().describe('What is paid for.'),
    quantity: z.number().nonnegative().describe('How much of it.'),
    unit: z.string().describe('Unit of the quantity.'),
    unitPriceUsd: usd('Price of one unit.'),
    usd: usd('Quantity × price.'),
  })
  .meta({ id: 'CostItem' });

const costEstimateSchema = z
  .object({
    orders: z.number().nonnegative().describe('Orders that it is for.').meta({ unit: 'orders' }),
    totalUsd: usd('Sum of the items.'),
    items: z.array(costItemSchema).readonly().describe('What the sum is made of.'),
    assumptions: z
      .array(z.string())
      .readonly()
      .describe('What was assumed because it was not known.'),
  })
  .meta({ id: 'CostEstimate' }) satisfies z.ZodType<CostEstimate>;

export const costSchema = z
  .object({
    currency: z.literal('USD').describe('Currency of every price.'),
    priceListDate: z.iso.date().describe('Day of the price list.'),
    region: z.string().describe('AWS region of the prices.'),
    hypothetical: z
      .boolean()
      .describe('True when the target does not run on AWS: what the run would have cost there.'),
    before: costEstimateSchema.describe('Estimate from the plan.'),
    after: costEstimateSchema.describe('Estimate from what was sent and measured.'),
  })
  .describe(
    'What the run costs on AWS by the price list, free tiers and data transfer excluded. An estimate, not a bill.',
  );
