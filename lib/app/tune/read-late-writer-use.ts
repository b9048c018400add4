import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import { renderDuration } from '../../core/text/parse-duration.ts';
import { writerUse } from '../../core/tune/batch/batch-load.ts';
import type { BatchRound } from '../../core/tune/batch/batch-result.ts';
import { SETTLE_MS } from '../../node/platform/settle-ms.ts';
import type { StopSignals } from '../cli/stop-signals.ts';

export interface LateWriterUse {
  readonly rounds: readonly BatchRound[];
  readonly control: PlatformControl;
  /** The function that writes orders. */
  readonly functionName: string;
  readonly stop: StopSignals;
  readonly say: (line: string) => void;
}

/**
 * Reads Lambda's reports of all rounds once more, because logs on AWS are late: two minutes after the last round, or at
 * once after a signal.
 */
export async function readLateWriterUse(late: LateWriterUse): Promise<readonly BatchRound[]> {
  const { rounds, stop, say } = late;
  const lastMs = Math.max(...rounds.map(({ endedAtMs }) => endedAtMs));
  const waitMs = Math.max(0, lastMs + SETTLE_MS - Date.now());
  if (waitMs > 0 && stop.first() === null) {
    say(`log       waiting ${renderDuration(waitMs)} for Lambda's log; Ctrl-C takes what there is`);
    await stop.orStop(new Promise((resolve) => setTimeout(resolve, waitMs)));
  }
  return Promise.all(rounds.map((round) => withUse(round, late)));
}

async function withUse(
  round: BatchRound,
  { control, functionName }: LateWriterUse,
): Promise<BatchRound> {
  const { startedAtMs, endedAtMs, measurement } = round;
  if (measurement.report === null) return round;
  const reports = await control.readReports(functionName, { fromMs: startedAtMs, toMs: endedAtMs });
  return { ...round, measurement: { ...measurement, ...writerUse(reports) } };
}
