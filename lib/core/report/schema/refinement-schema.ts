import * as z from 'zod';
import { orders, positiveRate, positiveSeconds, seconds } from './fields.ts';
import { stepSchema } from './series-schema.ts';

/** An additional step, run after the planned ones in its own k6 process. */
export const refinementSchema = z
  .object({
    name: z.string().describe('`refine-1`, `refine-2`, … in the order in which they ran.'),
    runId: z.string().describe('Takes the place of `run.id` in the ids of its orders.'),
    startedAt: z.iso
      .datetime()
      .describe('When its k6 process started.')
      .meta({ unit: 'ISO 8601, UTC' }),
    ratePerSecond: positiveRate('Arrival rate.'),
    settlingSeconds: seconds('Length of its first part, which is not judged.'),
    durationSeconds: positiveSeconds('Length of the judged part.'),
    started: orders('Orders that were sent, including the settling part.'),
    dropped: orders('Orders that fell due and were never sent, including the settling part.'),
    peakVUs: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Highest number of k6’s VUs. An event loop counts as one VU.')
      .meta({ unit: 'count' }),
    saturated: z.boolean().describe('The load generator was at its limit.'),
    abortReason: z
      .string()
      .describe('Why it was stopped before its end. Absent if it was not.')
      .optional(),
    invalidReasons: z
      .array(z.string())
      .readonly()
      .describe('Why no conclusion can be drawn from it; empty if one can.'),
    step: stepSchema.describe('Orders that were due after the settling part.'),
  })
  .meta({ id: 'Refinement' });

export type Refinement = z.infer<typeof refinementSchema>;
