import * as z from 'zod';
import { count, orders, positiveRatio, share } from '../../core/report/schema/fields.ts';
import {
  latencyStatsSchema,
  outcomeCountsSchema,
} from '../../core/report/schema/latency-schema.ts';
import { targetSchema } from '../../core/report/schema/run-schema.ts';

const requestCounts = {
  offered: orders('Orders that fell due: sent + dropped.'),
  sent: orders('Orders that were sent. Outcomes + unresolved = sent.'),
  dropped: orders('Orders that fell due and were never sent.'),
  unresolved: orders('Orders that were sent and had no outcome when the run ended.'),
  outcomes: outcomeCountsSchema,
  successRatio: share.orNull(
    'Success: stored / offered = (created + duplicate) / offered. Null if nothing was offered.',
  ),
};

const abRequestsSchema = z.object(requestCounts).meta({ id: 'AbRequests' });

const abBlockSchema = z
  .object({
    round: z.int().positive().describe('Number of the round, starting at 1.'),
    order: z.enum(['AB', 'BA']).describe('Which arm came first in the round.'),
    step: z.string().describe('Name of the step with the same orders.'),
    ...requestCounts,
    latencyMs: latencyStatsSchema.describe('Latency of created and duplicate orders.'),
  })
  .describe('One block, without its settling part.')
  .meta({ id: 'AbBlock' });

const abArmSchema = z
  .object({
    target: targetSchema,
    requests: abRequestsSchema.describe(
      'All orders of this arm, including settling parts: what its target counted.',
    ),
    settling: abRequestsSchema.describe(
      'Orders of the first quarter of each block. They are excluded from every comparison.',
    ),
    compared: abRequestsSchema.describe(
      'All other orders: requests − settling, the sum of the blocks.',
    ),
    latencyMs: latencyStatsSchema.describe(
      'Latency of stored orders (created and duplicate), without settling parts.',
    ),
    blocks: z
      .array(abBlockSchema)
      .readonly()
      .describe('The blocks of this arm, in the order in which they ran.'),
  })
  .meta({ id: 'AbArm' });

const abRatioSchema = z
  .object({
    ratio: positiveRatio.orNull(
      'B / A: geometric mean, over the rounds, of the ratio of the two blocks. Null if no round has both.',
    ),
    interval: z
      .tuple([z.number().nonnegative(), z.number().nonnegative()])
      .readonly()
      .nullable()
      .describe(
        '95% interval of the ratio, by Student’s t over the logarithms of the rounds. Null with fewer than three rounds.',
      )
      .meta({ unit: 'ratio' }),
    rounds: count('Rounds that the ratio is computed from.'),
  })
  .meta({ id: 'AbRatio' });

export const abSchema = z
  .object({
    arms: z.object({ a: abArmSchema, b: abArmSchema }).describe('Both arms.'),
    latencyRatio: z
      .object({ p50: abRatioSchema, p95: abRatioSchema })
      .describe(
        'How much slower B responds than A. The intervals cover the noise of the rounds, but not a bias that one deployment has in every round.',
      ),
  })
  .describe('ab: the two arms side by side, without a verdict on their difference.');

export type AbAnswers = z.infer<typeof abSchema>;
