import path from 'node:path';
import { EXIT } from '../../core/config/user-error.ts';
import { historyEntryOf } from '../../core/history/history-entry.ts';
import { appendHistory } from '../../node/store/history.ts';
import { readRunReport } from '../../node/store/read-run-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { onceMoreIfInvalid } from '../run/once-more.ts';

export interface RunsToMake {
  readonly count: number;
  /** Folder that the folders of the runs are made in. */
  readonly folder: string;
  /** Folder of the history that they are added to. */
  readonly historyDir: string;
  /** Makes one run in a folder, and resolves to its exit code. */
  readonly run: (out: string) => Promise<number>;
  readonly say: (line: string) => void;
}

export interface MadeRuns {
  /** Those that prove something, in the order in which they were made. */
  readonly reports: readonly AnsweredReport[];
  /** 0, or the exit code of the run that ended it before all were made. */
  readonly exitCode: number;
}

/**
 * Makes runs one after the other. One that is INVALID is made once more, in a folder of its own; a second
 * INVALID in a row ends it, as does a run that cannot be made.
 */
export async function makeRuns(plan: RunsToMake): Promise<MadeRuns> {
  const { count, folder, historyDir, say } = plan;
  const reports: AnsweredReport[] = [];
  for (let run = 1; run <= count; run++) {
    const first = path.join(folder, String(run).padStart(3, '0'));
    say(`run ${run} of ${count}: ${first}`);
    const { last } = await onceMoreIfInvalid<{ out: string; exitCode: number }>(async (invalid) => {
      const out = invalid === null ? first : `${first}-again`;
      if (invalid !== null)
        say(`It proves nothing (see its report), and is made once more: ${out}`);
      return { out, exitCode: await plan.run(out) };
    });
    const { out, exitCode } = last;
    if (exitCode !== EXIT.pass && exitCode !== EXIT.sloMissed) {
      const why =
        exitCode === EXIT.invalid ? 'proves nothing either' : `ended with exit code ${exitCode}`;
      say(`The calibration stops: the run in ${out} ${why}. Runs before it are kept.`);
      return { reports, exitCode };
    }
    const { report } = await readRunReport(out);
    await appendHistory(historyDir, historyEntryOf(report));
    reports.push(report);
  }
  return { reports, exitCode: EXIT.pass };
}
