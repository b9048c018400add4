import path from 'node:path';
import { EXIT } from '../../core/errors/user-error.ts';
import { historyEntryOf } from '../../core/history/history-entry.ts';
import { appendHistory } from '../../node/store/history.ts';
import { readRunReport } from '../../node/store/read-run-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { onceMoreIfInvalid } from '../run/once-more.ts';

export interface RunsToMake {
  readonly count: number;
  /** Gets a folder for each run. */
  readonly folder: string;
  /** Folder of the history that the runs are added to. */
  readonly historyDir: string;
  /** Makes one run that writes into the folder `out`, and resolves to its exit code. */
  readonly run: (out: string) => Promise<number>;
  readonly say: (line: string) => void;
}

export interface MadeRuns {
  /** Those from which a conclusion can be drawn, in the order in which they were made. */
  readonly reports: readonly AnsweredReport[];
  /** 0, or the exit code of the run that ended it before all were made. */
  readonly exitCode: number;
}

/**
 * Makes runs one after the other. An INVALID run is repeated once, in a folder of its own; a second INVALID in a row
 * ends the calibration, as does a run that fails.
 */
export async function makeRuns(plan: RunsToMake): Promise<MadeRuns> {
  const { count, folder, historyDir, say } = plan;
  const reports: AnsweredReport[] = [];
  for (let run = 1; run <= count; run++) {
    const first = path.join(folder, String(run).padStart(3, '0'));
    say(`run ${run} of ${count}: ${first}`);
    const { last } = await onceMoreIfInvalid<{ out: string; exitCode: number }>(async (invalid) => {
      const out = invalid === null ? first : `${first}-again`;
      if (invalid !== null) say(`It is INVALID (see its report) and is run again: ${out}`);
      return { out, exitCode: await plan.run(out) };
    });
    const { out, exitCode } = last;
    if (exitCode !== EXIT.pass && exitCode !== EXIT.sloMissed) {
      const why = exitCode === EXIT.invalid ? 'is INVALID too' : `ended with exit code ${exitCode}`;
      say(`The calibration stops: the run in ${out} ${why}. Earlier runs are kept.`);
      return { reports, exitCode };
    }
    const { report } = await readRunReport(out);
    await appendHistory(historyDir, historyEntryOf(report));
    reports.push(report);
  }
  return { reports, exitCode: EXIT.pass };
}
