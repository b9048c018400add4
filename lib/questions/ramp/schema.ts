import * as z from 'zod';
import { count, ms, positiveRate, rate } from '../../core/report/schema/fields.ts';
import { judgedStepSchema, limitSchema } from '../../core/report/schema/judged-step-schema.ts';
import { randomArrivalsSchema } from '../../core/report/schema/random-arrivals-schema.ts';

export const capacitySchema = z
  .object({
    status: z
      .enum(['determined', 'notReached', 'belowFirstStep', 'notDetermined'])
      .describe(
        'determined: see `ratePerSecond`. notReached: every step held, capacity is at least `interval.low`. belowFirstStep: even the first step missed. notDetermined: see `why`.',
      ),
    ratePerSecond: positiveRate.orNull(
      'Highest arrival rate that met the success and the latency SLO below one that did not. Null unless `determined`.',
    ),
    interval: z
      .object({
        low: positiveRate.orNull(
          'Highest rate that clearly held and below which none failed. Null when there is none.',
        ),
        high: positiveRate.orNull(
          'Lowest rate above `ratePerSecond` that clearly failed. Null when there is none.',
        ),
      })
      .describe('Between them lies the capacity; docs/method/capacity.md has the conditions.'),
    limit: limitSchema
      .nullable()
      .describe('What the first rate above the capacity failed by, or null when none failed.'),
    why: z.string().describe('The answer in one sentence.'),
    notes: z
      .array(z.string())
      .readonly()
      .describe('What narrows the trust in it, such as a lower step that failed.'),
    concurrency: z
      .object({
        value: z
          .number()
          .nonnegative()
          .describe('Orders in work at once at that rate: rate × duration (Little’s law).')
          .meta({ unit: 'orders' }),
        ratePerSecond: positiveRate('The rate: capacity, or the highest that held.'),
        durationMs: ms('The duration.'),
        duration: z
          .enum(['handler', 'client'])
          .describe(
            'handler: mean of the handler’s own duration. client: mean latency, network included.',
          ),
        span: z
          .enum(['step', 'run'])
          .describe(
            'What the mean is of: the step at that rate, or, where it is not known by step, the whole run, steps above capacity included. Absent in older reports: of the run for `handler`, of the step for `client`.',
          )
          .optional(),
      })
      .nullable()
      .describe('Null when no step held.'),
    accountLimit: z
      .object({
        concurrency: count('Calls that may run at once.'),
        source: z
          .enum(['deployment', 'assumed'])
          .describe(
            'deployment: the limit that the target is known to have. assumed: 1,000, the default of an AWS account.',
          ),
        ratePerSecond: rate('Rate at which that many are at work: concurrency / duration.'),
      })
      .nullable()
      .describe('What the limit on concurrency would allow by itself. Null without a duration.'),
    randomArrivals: randomArrivalsSchema.optional(),
    steps: z.array(judgedStepSchema).readonly().describe('Every step, by rate.'),
  })
  .describe('How many orders a second the target takes within its SLO.');

export type Capacity = z.infer<typeof capacitySchema>;
