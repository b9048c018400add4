import * as z from 'zod';
import { OUTCOMES, type Outcome } from '../../order/outcome.ts';
import { count, ms, orders } from './fields.ts';
import { histogramSchema } from './histogram-schema.ts';

const statistic = (meaning: string) => ms.orNull(`${meaning} Null when there was no value.`);

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
    "k6's own statistics, computed from every single value. There only where k6's summary was on and one k6 process ran.",
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
      .describe(
        'True when `min` is the lower bound of the lowest bucket and not a value that was measured.',
      ),
    maxIsBound: z
      .boolean()
      .describe(
        'True when `max` is the upper bound of the highest bucket and not a value that was measured.',
      ),
    histogram: histogramSchema.describe('What the statistics were computed from.'),
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
  duplicate: 'Accepted as a retry of an order that was stored before.',
  rejected: 'Refused with a 4xx other than 429.',
  throttled:
    'Refused for too many requests: 429, or a Lambda rejection that the gateway passed on.',
  platformRejected:
    'A 5xx that no handler answered. Counted as serverError where no answer of the whole run carried the handler’s headers.',
  serverError: 'A 5xx that the handler answered.',
  timeout: 'No answer within the request timeout.',
  connection: 'No connection, or it broke before an answer.',
  unexpectedBody: 'A success status with a body that is not the contract’s.',
};

const forEveryOutcome = <T>(pick: (outcome: Outcome) => T): Record<Outcome, T> =>
  Object.fromEntries(OUTCOMES.map((outcome) => [outcome, pick(outcome)])) as Record<Outcome, T>;

export const outcomeCountsSchema = z
  .object(forEveryOutcome((outcome) => orders(OUTCOME_MEANINGS[outcome])))
  .describe('Orders by what became of them. Every outcome is there, also with 0.')
  .meta({ id: 'OutcomeCounts' });

export type OutcomeCounts = z.infer<typeof outcomeCountsSchema>;

export const latencySchema = z
  .object({
    all: latencyStatsSchema.describe(
      'Orders that were sent and resolved: every outcome but `connection`.',
    ),
    success: latencyStatsSchema.describe('Orders that were stored: created and duplicate.'),
    byOutcome: z
      .object(
        forEveryOutcome((outcome) =>
          latencyStatsSchema
            .optional()
            .describe(`${OUTCOME_MEANINGS[outcome]} Absent when there was none.`),
        ),
      )
      .describe('The same for each outcome that occurred.'),
  })
  .describe(
    'Time from sending an order to its whole answer, without the time to connect, as the client saw it.',
  );
