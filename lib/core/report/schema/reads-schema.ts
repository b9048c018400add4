import * as z from 'zod';
import { count, ms, orders, positiveMs } from './fields.ts';

/** Reads of accepted orders by their ids. */
export const readsSchema = z
  .object({
    asked: orders('Noted orders that were asked for: of the sample, and of the last second.'),
    notAsked: orders('Noted orders for which the wait had no time. Nothing is concluded of them.'),
    found: orders('Orders that came: with their id, and a `storedAt` or something else of theirs.'),
    lost: orders(
      'Orders that were not there `neededMs` after their acceptance, while one that was accepted later was, and reads found orders to the end.',
    ),
    missing: orders('Orders that were not there at their last look, and may still come.'),
    missingWhy: z
      .enum(['noneFound', 'unsteady', 'tooShort', 'noneAfter'])
      .nullable()
      .describe(
        'Why those are not called lost. noneFound: no read found any order. unsteady: it is not sure that reads still found orders at the end. tooShort: the wait was shorter than `neededMs`. noneAfter: no order that was accepted later was there, so the queue may stand still.',
      ),
    unreadable: orders('Orders of which no read told whether they are there.'),
    answers: z
      .array(
        z.object({
          answer: z.string().describe('A status, an error or what a 200 held instead.'),
          count: count('How often it came.'),
        }),
      )
      .readonly()
      .describe(
        'What came where an order was asked for and which told nothing; most frequent first.',
      ),
    slowedDown: count('Reads that were answered with 429 or 503.'),
    controls: z
      .object({
        found: orders('Of those, orders that were found again.'),
        missed: orders('Of those, orders that were not there any more.'),
      })
      .describe('Orders that had been found and were read again at the end of the wait.'),
    doubted: z
      .object({
        beforeAcceptance: orders('`storedAt` is before the order was sent.'),
        inFuture: orders('`storedAt` is after the read that found it.'),
        notThereYet: orders('The order was not there when it was read after its `storedAt`.'),
        noTime: orders('`storedAt` is no time in epoch s, ms, µs, ns or ISO 8601.'),
      })
      .describe('Orders that were found and whose `storedAt` cannot be true, by why.'),
    stepMs: positiveMs('Step in which `storedAt` is told; half of it is added to the lag.'),
    longestMs: ms.orNull('Longest that an order took that was found; null where none was.'),
    neededMs: ms.orNull(
      'How long after its acceptance an order has to be not there to be lost: at least twice `longestMs`, and 35 s.',
    ),
  })
  .describe('What the reads of accepted orders told.');

export type ReadFacts = z.infer<typeof readsSchema>;
