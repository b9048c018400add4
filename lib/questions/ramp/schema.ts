import * as z from 'zod';
import { count, ms, positiveRate, rate } from '../../core/report/schema/fields.ts';
import { judgedStepSchema, limitSchema } from '../../core/report/schema/judged-step-schema.ts';
import { randomArrivalsSchema } from '../../core/report/schema/random-arrivals-schema.ts';

export const capacitySchema = z
  .object({
    status: z
      .enum(['determined', 'notReached', 'belowFirstStep', 'notDetermined'])
      .describe(
        'determined: see `ratePerSecond`. notReached: every step met the SLO, so capacity is at least `interval.low`. belowFirstStep: even the first step missed the SLO. notDetermined: see `why`.',
      ),
    ratePerSecond: positiveRate.orNull(
      'Highest arrival rate that met both SLOs, with a higher one that did not. Null unless `determined`.',
    ),
    interval: z
      .object({
        low: positiveRate.orNull(
          'Highest rate that clearly met the SLO and below which none missed it. Null if there is none.',
        ),
        high: positiveRate.orNull(
          'Lowest rate above `ratePerSecond` that clearly missed the SLO. Null if there is none.',
        ),
      })
      .describe('The capacity lies between them; docs/method/capacity.md has the conditions.'),
    limit: limitSchema
      .nullable()
      .describe('Why the first rate above the capacity missed the SLO. Null if none did.'),
    why: z.string().describe('The answer in one sentence.'),
    notes: z
      .array(z.string())
      .readonly()
      .describe('What limits confidence in the answer, such as a lower step that missed the SLO.'),
    concurrency: z
      .object({
        value: z
          .number()
          .nonnegative()
          .describe('Orders in progress at once at that rate: rate × duration (Little’s law).')
          .meta({ unit: 'orders' }),
        ratePerSecond: positiveRate('The capacity, or the highest rate that met the SLO.'),
        durationMs: ms('Mean duration, as `duration` and `span` tell.'),
        duration: z
          .enum(['handler', 'client'])
          .describe(
            'handler: mean of the handler’s own duration. client: mean latency, network included.',
          ),
        span: z
          .enum(['step', 'run'])
          .describe(
            'What the mean covers: the step at that rate or, if it is not known per step, the whole run, including steps above capacity. Absent in older reports: there it is the run for `handler`, the step for `client`.',
          )
          .optional(),
      })
      .nullable()
      .describe('Null if no step met the SLO.'),
    accountLimit: z
      .object({
        concurrency: count('Calls that may run concurrently.'),
        source: z
          .enum(['deployment', 'assumed'])
          .describe(
            'deployment: the known limit of the target. assumed: 1,000, the default of an AWS account.',
          ),
        ratePerSecond: rate('Rate at which that many calls run at once: concurrency / duration.'),
      })
      .nullable()
      .describe('Rate that the concurrency limit alone would allow. Null without a duration.'),
    randomArrivals: randomArrivalsSchema.optional(),
    steps: z.array(judgedStepSchema).readonly().describe('Every step, by rate.'),
  })
  .describe('How many orders per second the target handles within its SLO.');

export type Capacity = z.infer<typeof capacitySchema>;
