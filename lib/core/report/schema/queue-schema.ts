import * as z from 'zod';
import { count, ms, msDifference, orders, share } from './fields.ts';
import { figureSchema } from './figure-schema.ts';
import { lagStatsSchema } from './lag-stats-schema.ts';
import { readsSchema } from './reads-schema.ts';

/** What was seen of the queue path; there for runs of the scenario batch. */
export const queueSchema = z
  .object({
    sample: z
      .object({
        share: share('Share of the orders whose acceptance was noted.'),
        accepted: orders('Sampled orders that were accepted.'),
        asked: orders('Of those, orders that were asked for within the wait.').optional(),
        stored: orders('Of those, orders that could be read before the wait ended.'),
        lost: orders('Of those asked for, orders that are lost (see `reads.lost`).').optional(),
        withoutStoredAt: orders(
          'Of the stored ones, orders that were read without a `storedAt` that is a time.',
        ),
        readErrors: count('Reads that told nothing of an order: see `reads.answers`.'),
        lagMs: lagStatsSchema.describe(
          'Over the sampled orders that were accepted: from the answer 202 at the client to `storedAt`. Orders that were asked for and not found, or whose `storedAt` is not believed, count as later than all others.',
        ),
      })
      .describe('What a client sees: accepted orders, read by their ids after the load.'),
    reads: readsSchema.optional(),
    clock: z
      .object({
        offsetMs: msDifference.orNull(
          'The target’s clock minus this machine’s, which was taken off the lag; null when unknown, and then nothing was.',
        ),
        uncertaintyMs: ms.orNull('How far the offset may be off, or null when unknown.'),
        note: z.string().describe('How it was found.'),
      })
      .describe('Acceptance is timed here, `storedAt` by the target: their clocks may differ.'),
    wait: z
      .object({
        waitedMs: ms('Time from the end of the load to the last look.'),
        limitMs: z.number().nonnegative().describe('The longest that was allowed.').meta({
          unit: 'ms',
        }),
        lastStoredMs: msDifference.orNull(
          'Last `storedAt` that was read, after the end of the load (negative: before it). Of the sample and of the last orders of the load; null unless each of the last orders told it.',
        ),
        recentlyStored: z
          .boolean()
          .describe('An order that was read had been stored within the last 10 s of the wait.'),
      })
      .describe('The wait for the queue to drain.'),
    platform: z
      .object({
        lagMs: lagStatsSchema
          .nullable()
          .describe(
            'Over all orders: from the queue’s own time of sending to `storedAt`, by one clock. Null where the lens does not know it.',
          ),
        sent: figureSchema.describe('Messages that the API put into the queue.'),
        stored: figureSchema.describe('Orders that the table gained.'),
        redelivered: figureSchema.describe('Deliveries of messages that had come before.'),
        batches: figureSchema.describe('Batches for which the writer was invoked.'),
        batchFill: figureSchema.describe('Mean number of messages in a batch / batch size.'),
        waiting: figureSchema.describe(
          'Messages in the queue or in flight at the end of the wait.',
        ),
        deadLetters: figureSchema.describe('Messages that the dead-letter queue gained.'),
      })
      .nullable()
      .describe('What the platform counted; null without a lens.'),
  })
  .describe('The queue path as it was seen, for runs of the scenario batch.');

export type QueueFacts = z.infer<typeof queueSchema>;
