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
        'Share of the orders to send again; which ones is determined by it, `run.seed` and the iteration.',
      )
      .meta({ unit: 'ratio' }),
    sent: orders('Second sends. Outcomes + unresolved = sent.'),
    unresolved: orders('Second sends that had no outcome when the run ended.'),
    outcomes: outcomeCountsSchema.describe('Second sends by outcome.'),
    servedBefore: outcomeCountsSchema.describe(
      'The part of `outcomes` whose order had been stored by its first send (created or duplicate). By the contract all of these are `duplicate`, or `created` if the target does not distinguish the two.',
    ),
    latencyMs: latencySchema.describe('Latency of the second sends alone.'),
  })
  .describe(
    'Orders that were sent a second time, after the outcome of their first send. They count in `cost.after` and in the CPU time of the generator, and are excluded from all other figures and thresholds. Absent without `--retry-ratio`.',
  );

export type Retries = z.infer<typeof retriesSchema>;
