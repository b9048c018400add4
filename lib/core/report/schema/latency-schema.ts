import * as z from 'zod';
import { OUTCOMES, type Outcome } from '../../order/outcome.ts';
import { count, ms, orders } from './fields.ts';
import { histogramSchema } from './histogram-schema.ts';

const statistic = (meaning: string) => ms.orNull(`${meaning} Null without any value.`);

export const exactStatsSchema = z
  .object({
    mean: ms('Arithmetic mean.').optional(),
    min: ms('Lowest value.').optional(),
    p50: ms('Median.').optional(),
    p90: ms('90th percentile.').optional(),
    p95: ms('95th percentile.').optional(),
    p99: ms('99th percentile.').optional(),
    p999: ms('99.9th percentile.').optional(),
    max: ms('Highest value.').optional(),
  })
  .describe(
    "k6's own statistics, computed from every single value. Only there if k6's summary was on and a single k6 process ran.",
  )
  .meta({ id: 'ExactStats' });

/** Statistics in ms with the histogram that they were computed from. */
export const latencyStatsSchema = z
  .object({
    count: count('Number of values.'),
    mean: statistic('Mean, estimated from the histogram.'),
    min: statistic('Lowest value.'),
    p50: statistic('Median.'),
    p90: statistic('90th percentile.'),
    p95: statistic('95th percentile.'),
    p99: statistic('99th percentile.'),
    p999: statistic('99.9th percentile (path `p999`). Never above `max`.'),
    max: statistic('Highest value.'),
    minIsBound: z
      .boolean()
      .describe('True if `min` is the lower bound of the lowest bucket and not a measured value.'),
    maxIsBound: z
      .boolean()
      .describe('True if `max` is the upper bound of the highest bucket and not a measured value.'),
    histogram: histogramSchema.describe('The histogram that the statistics were computed from.'),
    exact: exactStatsSchema.optional(),
  })
  .describe(
    'Statistics of a duration. Percentiles are interpolated within buckets that are 1.09% wide.',
  )
  .meta({ id: 'LatencyStats' });

export type LatencyStats = z.infer<typeof latencyStatsSchema>;
export type ExactStats = z.infer<typeof exactStatsSchema>;

const OUTCOME_MEANINGS: Readonly<Record<Outcome, string>> = {
  created: 'Stored as a new order.',
  duplicate: 'Accepted as a retry of an order that was already stored.',
  rejected: 'Refused with a 4xx other than 429.',
  throttled:
    'Refused because of too many requests: 429, or a Lambda rejection that the gateway passed on.',
  platformRejected:
    'A 5xx that did not come from a handler. Counted as serverError if no response of the whole run carried the handler’s headers.',
  serverError: 'A 5xx from the handler.',
  timeout: 'No response within the request timeout.',
  connection: 'No connection, or it broke before the response.',
  unexpectedBody: 'A success status with a body that does not follow the contract.',
};

const forEveryOutcome = <T>(pick: (outcome: Outcome) => T): Record<Outcome, T> =>
  Object.fromEntries(OUTCOMES.map((outcome) => [outcome, pick(outcome)])) as Record<Outcome, T>;

export const outcomeCountsSchema = z
  .object(forEveryOutcome((outcome) => orders(OUTCOME_MEANINGS[outcome])))
  .describe('Orders by outcome. Every outcome is listed, even with 0.')
  .meta({ id: 'OutcomeCounts' });

export type OutcomeCounts = z.infer<typeof outcomeCountsSchema>;

export const latencySchema = z
  .object({
    all: latencyStatsSchema.describe(
      'Orders that were sent and resolved: every outcome except `connection`.',
    ),
    success: latencyStatsSchema.describe('Orders that were stored: created and duplicate.'),
    byOutcome: z
      .object(
        forEveryOutcome((outcome) =>
          latencyStatsSchema
            .optional()
            .describe(`${OUTCOME_MEANINGS[outcome]} Absent if there was none.`),
        ),
      )
      .describe('Latency by outcome, for each outcome that occurred.'),
  })
  .describe(
    'Time from sending an order to its complete response, as the client saw it, without the time to connect.',
  );
