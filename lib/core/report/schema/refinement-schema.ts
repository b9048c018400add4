import * as z from 'zod';
import { orders, positiveRate, positiveSeconds, seconds } from './fields.ts';
import { stepSchema } from './series-schema.ts';

/** One further step that was run after the planned ones, in a k6 process of its own. */
export const refinementSchema = z
  .object({
    name: z.string().describe('`refine-1`, `refine-2`, … in the order of time.'),
    runId: z.string().describe('What stands for `run.id` in the ids of its orders.'),
    startedAt: z.iso
      .datetime()
      .describe('When its k6 was started.')
      .meta({ unit: 'ISO 8601, UTC' }),
    ratePerSecond: positiveRate('Arrival rate.'),
    settlingSeconds: seconds('Length of its first part, which is not judged.'),
    durationSeconds: positiveSeconds('Length of the rest.'),
    started: orders('Orders started, those of the settling part included.'),
    dropped: orders('Orders dropped, likewise.'),
    peakVUs: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Highest number of k6’s VUs seen. An event loop is one.')
      .meta({ unit: 'count' }),
    saturated: z.boolean().describe('The load generator was at its limit.'),
    abortReason: z
      .string()
      .describe('Why it was stopped before its end. Absent where it ran to it.')
      .optional(),
    invalidReasons: z
      .array(z.string())
      .readonly()
      .describe('Why it proves nothing; empty when it does.'),
    step: stepSchema.describe('Orders that started after the settling part.'),
  })
  .meta({ id: 'Refinement' });

export type Refinement = z.infer<typeof refinementSchema>;
