import { join } from 'node:path';
import { readTruthOfEmptyQueue, waitingMessages } from '../../node/platform/target-truth.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';

/** Beside the report. */
export const ORDER_API_TRUTH_FILE = 'target-truth.json';

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

const DRAIN_LIMIT_MS = 120_000;

/**
 * Writes what the embedded order API itself counted beside the report, before it ends and its orders
 * with it. Orders that it accepted but has not stored yet are waited for, two minutes at most. That
 * there is no such file fails no run: one line says why.
 */
export async function keepOrderApiTruth(options: KeepTruthOptions): Promise<void> {
  const { baseUrl, dir, loadEndedMs, isStopped, say } = options;
  try {
    const { atMs, ...truth } = await readTruthOfEmptyQueue(baseUrl, {
      limitMs: DRAIN_LIMIT_MS,
      isStopped,
      onWait: () => say('the queue is not empty yet: waiting until its orders are stored'),
    });
    const isDrained = truth.queue !== null && waitingMessages(truth.queue) === 0;
    const kept = { drainMs: isDrained ? atMs - loadEndedMs : null, truth };
    await writeFileAtomically(
      join(dir, ORDER_API_TRUTH_FILE),
      `${JSON.stringify(kept, null, 2)}\n`,
    );
  } catch (error) {
    say(`no target-truth.json: ${String(error)}`);
  }
}
