import * as z from 'zod';
import type { QueueUse } from '../../core/tune/batch/batch-load.ts';
import { readTargetTruth } from './target-truth.ts';

const count = z.number().nonnegative();
const queueCalls = z.object({
  receiveCalls: count,
  deleteCalls: count,
  writeCalls: count,
  writtenItems: count,
  readItems: count,
});

/** The calls that a local order API has counted so far; null if it has no queue, or does not count them. */
export async function readQueueCalls(baseUrl: string): Promise<z.infer<typeof queueCalls> | null> {
  const { queue } = await readTargetTruth(baseUrl);
  const calls = queueCalls.safeParse(queue);
  return calls.success ? calls.data : null;
}

/** What was called between two readings. An order is at most 1 KB, so an item is a unit. */
export function queueUseBetween(
  before: z.infer<typeof queueCalls>,
  after: z.infer<typeof queueCalls>,
): QueueUse {
  return {
    receiveCalls: after.receiveCalls - before.receiveCalls,
    deleteCalls: after.deleteCalls - before.deleteCalls,
    writeCalls: after.writeCalls - before.writeCalls,
    writeUnits: after.writtenItems - before.writtenItems,
    readUnits: after.readItems - before.readItems,
  };
}
