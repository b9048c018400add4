import { type EndedRun, runAgain } from '../../core/report/ended-run.ts';
import { formatMs } from '../../core/report/format-figure.ts';
import { renderDuration } from '../../core/text/parse-duration.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { LagAnswer } from './schema.ts';

/** What to do about lost orders, or a queue that was not seen to drain. */
export function batchNext(
  { keepsUp, lost, source }: LagAnswer,
  { report }: EndedRun,
): NextStep | null {
  if (lost.value !== null && lost.value > 0) {
    return runAgain(
      report,
      'Read the log of the consumer and the dead-letter queue for what became of the lost orders, and run again',
    );
  }
  if (keepsUp === false) {
    const waitedMs = report.queue?.wait.limitMs ?? 60_000;
    return runAgain(
      report,
      `Wait longer than ${formatMs(waitedMs)} to see whether the queue drains`,
      {
        drainWait: renderDuration(2 * waitedMs),
      },
    );
  }
  if (keepsUp === null || source === 'absent') {
    return runAgain(
      report,
      'Let the suite see when orders are stored (docs/batch.md), and run again',
    );
  }
  return null;
}
