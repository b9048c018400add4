import * as z from 'zod';
import { count, orders, positiveRatio, share } from '../../core/report/schema/fields.ts';
import {
  latencyStatsSchema,
  outcomeCountsSchema,
} from '../../core/report/schema/latency-schema.ts';
import { targetSchema } from '../../core/report/schema/run-schema.ts';

const requestCounts = {
  offered: orders('Orders that fell due: sent + dropped.'),
  sent: orders('Orders that were started. Outcomes + unresolved = sent.'),
  dropped: orders('Orders that fell due and were never sent.'),
  unresolved: orders('Orders that were started and never came to an outcome.'),
  outcomes: outcomeCountsSchema,
  successRatio: share.orNull('(created + duplicate) / offered. Null when nothing was offered.'),
};

const abRequestsSchema = z.object(requestCounts).meta({ id: 'AbRequests' });

const abBlockSchema = z
  .object({
    round: z.int().positive().describe('Number of the round, from 1 on.'),
    order: z.enum(['AB', 'BA']).describe('Which arm came first in the round.'),
    step: z.string().describe('Name of the step that holds the same orders.'),
    ...requestCounts,
    latencyMs: latencyStatsSchema.describe('Latency of created and duplicate orders.'),
  })
  .describe('One block without its settling part.')
  .meta({ id: 'AbBlock' });

const abArmSchema = z
  .object({
    target: targetSchema,
    requests: abRequestsSchema.describe(
      'All orders of this arm, settling parts included: what its target counted.',
    ),
    settling: abRequestsSchema.describe(
      'Of those, orders of the first quarter of each block. They are compared in nothing.',
    ),
    compared: abRequestsSchema.describe('The others: requests − settling, the sum of the blocks.'),
    latencyMs: latencyStatsSchema.describe(
      'Latency of created and duplicate orders, without settling parts.',
    ),
    blocks: z.array(abBlockSchema).readonly().describe('In the order in which they ran.'),
  })
  .meta({ id: 'AbArm' });

const abRatioSchema = z
  .object({
    ratio: positiveRatio.orNull(
      'B / A: the geometric mean over the rounds of the ratio of the two blocks. Null without a round that has both.',
    ),
    interval: z
      .tuple([z.number().nonnegative(), z.number().nonnegative()])
      .readonly()
      .nullable()
      .describe(
        '95% interval of it by Student’s t over the logarithms of the rounds. Null with fewer than three rounds.',
      )
      .meta({ unit: 'ratio' }),
    rounds: count('Rounds that it rests on.'),
  })
  .meta({ id: 'AbRatio' });

export const abSchema = z
  .object({
    arms: z.object({ a: abArmSchema, b: abArmSchema }).describe('Both arms.'),
    latencyRatio: z
      .object({ p50: abRatioSchema, p95: abRatioSchema })
      .describe(
        'How much slower B answers than A. The noise of the rounds is in the intervals; a bias that one deployment has in every round is not.',
      ),
  })
  .describe('ab: the two arms side by side. A verdict on their difference is not in it.');

export type AbAnswers = z.infer<typeof abSchema>;
