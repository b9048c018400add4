import * as z from 'zod';
import { count, ms, msDifference, orders, share } from './fields.ts';
import { figureSchema } from './figure-schema.ts';
import { lagStatsSchema } from './lag-stats-schema.ts';
import { readsSchema } from './reads-schema.ts';

/** Observations of the queue path, for runs of the scenario batch. */
export const queueSchema = z
  .object({
    sample: z
      .object({
        share: share('Share of the orders that are sampled: their acceptance was recorded.'),
        accepted: orders('Sampled orders that were accepted.'),
        asked: orders('Accepted sampled orders that were read within the wait.').optional(),
        stored: orders('Accepted sampled orders that were found before the wait ended.'),
        lost: orders('Accepted sampled orders that are lost (see `reads.lost`).').optional(),
        withoutStoredAt: orders('Stored sampled orders without a valid `storedAt`.'),
        readErrors: count('Inconclusive reads: see `reads.answers`.'),
        lagMs: lagStatsSchema.describe(
          'Lag of accepted sampled orders: from the 202 response at the client to `storedAt`. Orders that were not found, or whose `storedAt` cannot be true, count as later than all others.',
        ),
        underLoadLagMs: lagStatsSchema
          .describe(
            'The same of the orders accepted in the middle half of the load: earlier ones may wait for cold starts, and later ones for orders that no longer come. Absent in older reports.',
          )
          .optional(),
      })
      .describe(
        'The queue path as seen by a client: accepted orders, read by their ids after the load.',
      ),
    reads: readsSchema.optional(),
    clock: z
      .object({
        offsetMs: msDifference.orNull(
          'The target’s clock minus this machine’s clock; the lag is corrected by it. Null if unknown: then the lag is not corrected.',
        ),
        uncertaintyMs: ms.orNull('Uncertainty of the offset. Null if unknown.'),
        note: z.string().describe('How the offset was determined.'),
      })
      .describe(
        'Acceptance is timed by this machine, `storedAt` by the target, and their clocks may differ.',
      ),
    wait: z
      .object({
        waitedMs: ms('Time from the end of the load to the last read.'),
        limitMs: z.number().nonnegative().describe('Longest wait that was allowed.').meta({
          unit: 'ms',
        }),
        lastStoredMs: msDifference.orNull(
          'Last `storedAt`, after the end of the load (negative: before it), of the sample and of the last orders of the load. Null unless each of the last orders told it.',
        ),
        recentlyStored: z
          .boolean()
          .describe('At least one order was stored within the last 10 s of the wait.'),
      })
      .describe('The wait for the queue to drain.'),
    platform: z
      .object({
        lagMs: lagStatsSchema
          .nullable()
          .describe(
            'Lag over all orders: from the queue’s own send time to `storedAt`, by a single clock. Null if the lens does not know it.',
          ),
        sent: figureSchema.describe('Messages that the API put into the queue.'),
        stored: figureSchema.describe('Orders that were added to the table.'),
        redelivered: figureSchema.describe('Repeated deliveries of a message.'),
        batches: figureSchema.describe('Batches for which the writer was invoked.'),
        batchFill: figureSchema.describe('Mean number of messages in a batch / batch size.'),
        waiting: figureSchema.describe(
          'Messages in the queue or in flight at the end of the wait.',
        ),
        deadLetters: figureSchema.describe('Messages that were added to the dead-letter queue.'),
      })
      .nullable()
      .describe('The platform’s counts. Null without a lens.'),
  })
  .describe('Observations of the queue path, for runs of the scenario batch.');

export type QueueFacts = z.infer<typeof queueSchema>;
