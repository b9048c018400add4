import * as z from 'zod';
import { OUTCOMES } from '../../order/outcome.ts';
import { count, ms, positiveOrders } from './fields.ts';

const moment = (meaning: string) => ms.orNull(`${meaning} Null when it is not known.`);

const failureExampleSchema = z
  .object({
    words: z.string().describe('What k6 said, in full. Absent where an answer came.').optional(),
    headers: z
      .record(z.string(), z.string())
      .describe('Those headers of the answer that tell who answered and why.'),
    body: z
      .string()
      .describe('Its first 300 characters, on one line and without control characters.'),
    bodyCharacters: count('Its whole length.'),
  })
  .describe('The first of them that was seen. Secrets are replaced by ***.')
  .meta({ id: 'FailureExample' });

export const failureSchema = z
  .object({
    outcome: z.enum(OUTCOMES).describe('What they are counted as in `outcomes`.'),
    status: z.int().nullable().describe('HTTP status, or null where no whole answer came.'),
    error: z
      .string()
      .nullable()
      .describe(
        'k6’s words where no whole answer came, without addresses and what varies. Null with a status; null without one where they are not told apart.',
      ),
    arm: z.enum(['a', 'b']).describe('Arm of an ab run. Absent in any other.').optional(),
    orders: positiveOrders('How many.'),
    fromMs: moment('When the first was seen, after the load began.'),
    toMs: moment('When the last was seen, to a second, after the load began.'),
    hint: z
      .string()
      .describe('What it usually means, and what to do. Absent where nothing is known.')
      .optional(),
    example: failureExampleSchema.optional(),
  })
  .meta({ id: 'Failure' });

export type Failure = z.infer<typeof failureSchema>;
export type ShownExample = NonNullable<Failure['example']>;
