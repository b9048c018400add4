import * as z from 'zod';
import { orders } from './fields.ts';
import { latencySchema, outcomeCountsSchema } from './latency-schema.ts';

export const retriesSchema = z
  .object({
    ratio: z
      .number()
      .gt(0)
      .max(1)
      .describe(
        'Share of the orders that was to be sent again; which ones follows from it, `run.seed` and the iteration.',
      )
      .meta({ unit: 'ratio' }),
    sent: orders('Second sends that began. Outcomes + unresolved = sent.'),
    unresolved: orders('Second sends that never came to an outcome.'),
    outcomes: outcomeCountsSchema.describe('Second sends by what became of them.'),
    servedBefore: outcomeCountsSchema.describe(
      'The part of `outcomes` whose order had been served by its first send (created or duplicate). By the contract all of these are `duplicate`, or `created` where the target does not tell the two apart.',
    ),
    latencyMs: latencySchema.describe('Latency of the second sends alone.'),
  })
  .describe(
    'Orders that were sent a second time, after their first send had come to its outcome. They are in `cost.after` and in the CPU time of the generator, and else in no other figure and in no threshold. Absent when the run asked for none (`--retry-ratio`).',
  );

export type Retries = z.infer<typeof retriesSchema>;
