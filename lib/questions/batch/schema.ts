import * as z from 'zod';
import { orders, rate } from '../../core/report/schema/fields.ts';
import { figureSchema } from '../../core/report/schema/figure-schema.ts';
import { lagStatsSchema } from '../../core/report/schema/lag-stats-schema.ts';

export const lagSchema = z
  .object({
    keepsUp: z
      .boolean()
      .nullable()
      .describe(
        'Every accepted order was stored before the wait ended. Null if that could not be determined.',
      ),
    source: z
      .enum(['platform', 'sample', 'absent'])
      .describe(
        'platform: all orders, timed by the queue’s own clock. sample: orders read by their ids. absent: not determined, see `notes`.',
      ),
    lagMs: lagStatsSchema
      .nullable()
      .describe('Time from acceptance to storage. Null if not determined.'),
    sampleLagMs: lagStatsSchema
      .nullable()
      .describe('The lag as seen by a client, over the sampled orders. Null if unknown.'),
    ratePerSecond: rate.orNull(
      'The load at which it was measured: accepted orders per second of load.',
    ),
    accepted: orders('Orders that were accepted (status 202).'),
    notStored: figureSchema.describe('Accepted orders that were not stored when the wait ended.'),
    lost: figureSchema.describe(
      'Accepted orders that are neither stored nor in the queue: they will never be stored.',
    ),
    drainMs: figureSchema.describe(
      'Time from the end of the load to the last order’s `storedAt`; 0 if that was before the end.',
    ),
    batchFill: figureSchema.describe('Mean number of messages in a batch / batch size.'),
    redelivered: figureSchema.describe('Repeated deliveries of a message: retries.'),
    deadLetters: figureSchema.describe('Messages that ended up in the dead-letter queue.'),
    notes: z
      .array(z.string())
      .readonly()
      .describe('How it was measured, what is unknown and why, and how far clocks may differ.'),
  })
  .describe('Does the queue path keep up? Lag from acceptance (202) to the order in the table.');

export type LagAnswer = z.infer<typeof lagSchema>;
