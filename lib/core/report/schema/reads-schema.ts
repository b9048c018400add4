import * as z from 'zod';
import { count, ms, orders, positiveMs } from './fields.ts';

/** Reads of accepted orders by their ids. */
export const readsSchema = z
  .object({
    asked: orders(
      'Recorded orders that were read: of the sample, and of the last second of the load.',
    ),
    notAsked: orders(
      'Recorded orders that were not read, because the wait was too short. No conclusion is drawn about them.',
    ),
    found: orders(
      'Orders that were found: the response had their id, and a `storedAt` or another of their fields.',
    ),
    lost: orders(
      'Orders that were still missing `neededMs` after their acceptance, while an order that was accepted later was found, and reads worked to the end.',
    ),
    missing: orders('Orders that their last read did not find, and that may still be stored.'),
    missingWhy: z
      .enum(['noneFound', 'unsteady', 'tooShort', 'noneAfter'])
      .nullable()
      .describe(
        'Why missing orders do not count as lost. noneFound: no read found any order. unsteady: it is uncertain whether reads still worked at the end. tooShort: the wait was shorter than `neededMs`. noneAfter: no order that was accepted later was found, so the queue may be stuck.',
      ),
    unreadable: orders('Orders whose reads were all inconclusive.'),
    answers: z
      .array(
        z.object({
          answer: z.string().describe('A status, an error, or what a 200 response held instead.'),
          count: count('Number of such responses.'),
        }),
      )
      .readonly()
      .describe('Responses to inconclusive reads, most frequent first.'),
    slowedDown: count('Reads that got 429 or 503.'),
    controls: z
      .object({
        found: orders('Control orders that were found again.'),
        missed: orders('Control orders that were not found again.'),
      })
      .describe(
        'Orders that had been found, and were read again at the end of the wait to check that reads still work.',
      ),
    doubted: z
      .object({
        beforeAcceptance: orders('`storedAt` is before the order was sent.'),
        inFuture: orders('`storedAt` is after the read that found it.'),
        notThereYet: orders('A read after `storedAt` did not find the order.'),
        noTime: orders('`storedAt` is not a time in epoch s, ms, µs, ns or ISO 8601.'),
      })
      .describe('Orders that were found and whose `storedAt` cannot be true, by reason.'),
    stepMs: positiveMs('Resolution of `storedAt`; half of it is added to the lag.'),
    longestMs: ms.orNull(
      'Longest time that a found order took to be stored. Null if none was found.',
    ),
    neededMs: ms.orNull(
      'Time after its acceptance from which a missing order counts as lost: at least twice `longestMs`, and at least 35 s.',
    ),
  })
  .describe('Results of the reads of accepted orders.');

export type ReadFacts = z.infer<typeof readsSchema>;
