import { join } from 'node:path';
import { readTruthOfEmptyQueue, waitingMessages } from '../../node/platform/target-truth.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';

/** Beside the report. */
export const ORDER_API_TRUTH_FILE = 'target-truth.json';

export interface KeepTruthOptions {
  /** URL of the embedded order API. */
  readonly baseUrl: string;
  /** Folder of the run. */
  readonly dir: string;
  /** Epoch ms at which the load had ended. */
  readonly loadEndedMs: number;
  /** Whether the run is to end now, without waiting for the queue. */
  readonly isStopped: () => boolean;
  readonly say: (line: string) => void;
}

const DRAIN_LIMIT_MS = 120_000;

/**
 * Writes the embedded order API's own counts beside the report, before its process ends and its orders are gone. Waits
 * up to two minutes for orders that it accepted and has not stored yet. If the file cannot be written, one line says
 * why and the run does not fail.
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
