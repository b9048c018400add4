import { z } from 'zod';
import { judgedStepSchema, limitSchema } from '../../core/report/schema/judged-step-schema.ts';
import { randomArrivalsSchema } from '../../core/report/schema/random-arrivals-schema.ts';

const rate = (meaning: string) =>
  z.number().nonnegative().describe(meaning).meta({ unit: 'orders/s' });

export const breakpointSchema = z
  .object({
    status: z
      .enum(['broken', 'notReached', 'belowFirstStep', 'notDetermined'])
      .describe(
        'broken: see `firstBreach`. notReached: no step clearly missed its SLO. belowFirstStep: the first one did. notDetermined: the load generator gave out first.',
      ),
    firstBreach: z
      .object({
        ratePerSecond: rate('Rate of the first step that clearly missed its SLO.'),
        lastGoodRatePerSecond: z
          .number()
          .positive()
          .nullable()
          .describe('Rate of the last step before it that held, or null.')
          .meta({ unit: 'orders/s' }),
        limit: limitSchema,
        why: z.string().describe('The same in words, with the figures.'),
      })
      .nullable()
      .describe('Null when no step missed.'),
    collapse: z
      .object({
        ratePerSecond: rate('Rate of the first step in which fewer than a tenth were served.'),
        successRatio: z.number().min(0).max(1).describe('Share that was.').meta({ unit: 'ratio' }),
      })
      .nullable()
      .describe('Null when the target kept serving, if with failures.'),
    peakServed: z
      .object({
        servedPerSecond: rate('Most orders stored per second in any step, within its SLO or not.'),
        ratePerSecond: rate('Rate that was offered in it.'),
      })
      .nullable()
      .describe('Null when no step was measured.'),
    highestRatePerSecond: z
      .number()
      .positive()
      .nullable()
      .describe('Rate of the last step that was measured, or null.')
      .meta({ unit: 'orders/s' }),
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
