import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrderApiTruth } from '../../../order-api/order-api-truth.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';

/** Beside the report. */
export const ORDER_API_TRUTH_FILE = 'target-truth.json';

/** What is in `target-truth.json` of a run against the embedded order API. */
export interface KeptTruth {
  /** From the end of the load until the queue was empty; null without a queue, or where it was not in time. */
  readonly drainMs: number | null;
  /** The API's own count of the run, after the queue was empty. */
  readonly truth: OrderApiTruth;
}

export interface KeepTruthOptions {
  /** Of the embedded order API. */
  readonly baseUrl: string;
  /** Folder of the run. */
  readonly dir: string;
  /** Epoch ms at which the load had ended. */
  readonly loadEndedMs: number;
  /** Somebody wants the run to end: the queue is not waited for. */
  readonly isStopped: () => boolean;
  readonly say: (line: string) => void;
}

const POLL_MS = 200;
const DRAIN_LIMIT_MS = 120_000;
const ANSWER_LIMIT_MS = 5000;

/**
 * Writes what the embedded order API itself counted beside the report, before it ends and its orders
 * with it. Orders that it accepted but has not stored yet are waited for, two minutes at most. That
 * there is no such file fails no run: one line says why.
 */
export async function keepOrderApiTruth(options: KeepTruthOptions): Promise<void> {
  const { baseUrl, dir, loadEndedMs, isStopped, say } = options;
  try {
    let truth = await fetchTruth(baseUrl);
    if (isPending(truth)) say('the queue is not empty yet: waiting until its orders are stored');
    const deadlineMs = Date.now() + DRAIN_LIMIT_MS;
    while (isPending(truth) && !isStopped() && Date.now() < deadlineMs) {
      await delay(POLL_MS);
      truth = await fetchTruth(baseUrl);
    }
    const isDrained = truth.queue !== null && !isPending(truth);
    const kept: KeptTruth = { drainMs: isDrained ? Date.now() - loadEndedMs : null, truth };
    await writeFileAtomically(
      join(dir, ORDER_API_TRUTH_FILE),
      `${JSON.stringify(kept, null, 2)}\n`,
    );
  } catch (error) {
    say(`no target-truth.json: ${String(error)}`);
  }
}

/** Messages that are neither stored nor dead letters; a depth that is not known is not empty. */
function isPending({ queue }: OrderApiTruth): boolean {
  if (queue === null) return false;
  return queue.visible !== 0 || queue.inFlight !== 0;
}

async function fetchTruth(baseUrl: string): Promise<OrderApiTruth> {
  const response = await fetch(`${baseUrl}/__truth`, {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  if (!response.ok) throw new Error(`/__truth answered ${response.status}`);
  return (await response.json()) as OrderApiTruth;
}
