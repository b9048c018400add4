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
        'Every accepted order was stored before the wait ended; null when it could not be found out.',
      ),
    source: z
      .enum(['platform', 'sample', 'absent'])
      .describe(
        'platform: all orders, by the queue’s own clock. sample: orders read by their ids. absent: not determined, see `notes`.',
      ),
    lagMs: lagStatsSchema.nullable().describe('Accepted → stored; null when not determined.'),
    sampleLagMs: lagStatsSchema
      .nullable()
      .describe('The same as a client sees it, over the sampled orders; null when unknown.'),
    ratePerSecond: rate.orNull('The load that it is for: accepted orders a second while loaded.'),
    accepted: orders('Orders that were answered with 202.'),
    notStored: figureSchema.describe('Accepted orders that were not stored when the wait ended.'),
    lost: figureSchema.describe(
      'Of those, orders that are not in the queue either: they will never be stored.',
    ),
    drainMs: figureSchema.describe(
      'From the end of the load to the last order’s `storedAt`; 0 when it was stored before.',
    ),
    batchFill: figureSchema.describe('Mean messages of a batch over the batch size.'),
    redelivered: figureSchema.describe('Deliveries of messages that had come before: retries.'),
    deadLetters: figureSchema.describe('Messages that ended in the dead-letter queue.'),
    notes: z
      .array(z.string())
      .readonly()
      .describe('How it was measured, what is not known and why, how far clocks may be off.'),
  })
  .describe('Does the queue path keep up? From acceptance (202) to the order in the table.');

export type LagAnswer = z.infer<typeof lagSchema>;
