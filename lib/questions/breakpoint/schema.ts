import * as z from 'zod';
import { positiveRate, rate, share } from '../../core/report/schema/fields.ts';
import { judgedStepSchema, limitSchema } from '../../core/report/schema/judged-step-schema.ts';
import { randomArrivalsSchema } from '../../core/report/schema/random-arrivals-schema.ts';

export const breakpointSchema = z
  .object({
    status: z
      .enum(['broken', 'notReached', 'belowFirstStep', 'notDetermined'])
      .describe(
        'broken: see `firstBreach`. notReached: no step clearly missed the SLO. belowFirstStep: the first one did. notDetermined: the load generator reached its limit first, or no step was completed.',
      ),
    firstBreach: z
      .object({
        ratePerSecond: rate('Rate of the first step that clearly missed the SLO.'),
        lastGoodRatePerSecond: positiveRate.orNull(
          'Rate of the last step before it that met the SLO, or null.',
        ),
        limit: limitSchema,
        why: z.string().describe('What missed the SLO, in words, with the figures.'),
      })
      .nullable()
      .describe('Null if no step clearly missed the SLO.'),
    collapse: z
      .object({
        ratePerSecond: rate(
          'Rate of the first step in which fewer than a tenth of the orders were stored.',
        ),
        successRatio: share('Share that was stored.'),
      })
      .nullable()
      .describe('Null if the target kept storing orders, even with failures.'),
    peakServed: z
      .object({
        servedPerSecond: rate(
          'Most orders stored per second in any step, whether it met the SLO or not.',
        ),
        ratePerSecond: rate('Offered rate of that step.'),
      })
      .nullable()
      .describe('Null when no step was measured.'),
    highestRatePerSecond: positiveRate.orNull('Rate of the last step that was measured, or null.'),
    stoppedBecause: z
      .string()
      .nullable()
      .describe('Why the run ended before its last step, or null.'),
    why: z.string().describe('The answer in one sentence.'),
    randomArrivals: randomArrivalsSchema.optional(),
    steps: z.array(judgedStepSchema).readonly().describe('Every step, by rate.'),
  })
  .describe('Where the target breaks, and how.');

export type Breakpoint = z.infer<typeof breakpointSchema>;
