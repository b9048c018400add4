import * as z from 'zod';
import { OUTCOMES } from '../../order/outcome.ts';
import { count, ms, positiveOrders } from './fields.ts';

const moment = (meaning: string) => ms.orNull(`${meaning} Null if not known.`);

const failureExampleSchema = z
  .object({
    words: z.string().describe('k6’s error text, in full. Absent if a response came.').optional(),
    headers: z
      .record(z.string(), z.string())
      .describe('Headers of the response that tell who responded and why.'),
    body: z
      .string()
      .describe(
        'First 300 characters of the response body, on one line and without control characters.',
      ),
    bodyCharacters: count('Full length of the body.'),
  })
  .describe('The first such failure. Secrets are replaced by ***.')
  .meta({ id: 'FailureExample' });

export const failureSchema = z
  .object({
    outcome: z.enum(OUTCOMES).describe('Outcome under which they are counted in `outcomes`.'),
    status: z.int().nullable().describe('HTTP status, or null if no complete response came.'),
    error: z
      .string()
      .nullable()
      .describe(
        'k6’s error text if no complete response came, without addresses and other varying parts. Null with a status. Null without a status, too, for failures that are not told apart.',
      ),
    arm: z.enum(['a', 'b']).describe('Arm of an ab run. Absent in any other run.').optional(),
    orders: positiveOrders('Number of orders.'),
    fromMs: moment('Time of the first one, after the load began.'),
    toMs: moment('Time of the last one, to the second, after the load began.'),
    hint: z
      .string()
      .describe('What this failure usually means, and what to do. Absent if nothing is known.')
      .optional(),
    example: failureExampleSchema.optional(),
  })
  .meta({ id: 'Failure' });

export type Failure = z.infer<typeof failureSchema>;
export type ShownExample = NonNullable<Failure['example']>;
