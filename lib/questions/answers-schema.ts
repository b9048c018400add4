import { z } from 'zod';
import { abSchema } from './ab/schema.ts';
import { lagSchema } from './batch/schema.ts';
import { breakpointSchema } from './breakpoint/schema.ts';
import { capacitySchema } from './ramp/schema.ts';
import { contractSchema } from './smoke/schema.ts';
import { driftSchema } from './soak/schema.ts';
import { burstSchema } from './spike/schema.ts';

/** One key per question; a key is there when the scenario has that answer. */
export const answersSchema = z
  .object({
    capacity: capacitySchema.optional(),
    breakpoint: breakpointSchema.optional(),
    contract: contractSchema.optional(),
    ab: abSchema.optional(),
    lag: lagSchema.optional(),
    burst: burstSchema.optional(),
    drift: driftSchema.optional(),
  })
  .describe(
    'Answers to the question that the scenario was run for. A key is there when the scenario has that answer.',
  );

export type Answers = z.infer<typeof answersSchema>;
