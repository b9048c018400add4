import { z } from 'zod';
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
    ratePerSecond: z.number().positive().describe('Arrival rate.').meta({ unit: 'orders/s' }),
    settlingSeconds: z
      .number()
      .nonnegative()
      .describe('Length of its first part, which is not judged.')
      .meta({ unit: 's' }),
    durationSeconds: z.number().positive().describe('Length of the rest.').meta({ unit: 's' }),
    started: z
      .int()
      .nonnegative()
      .describe('Orders started, those of the settling part included.')
      .meta({ unit: 'orders' }),
    dropped: z.int().nonnegative().describe('Orders dropped, likewise.').meta({ unit: 'orders' }),
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
