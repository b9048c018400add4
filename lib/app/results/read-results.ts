import path from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import type { HistoryEntry } from '../../core/history/history-entry.ts';
import { historyLineOf } from '../../core/summary/results/history-line.ts';
import type { ResultRun } from '../../core/summary/results/page-run.ts';
import { findReports } from '../../node/store/find-reports.ts';
import { readHistory } from '../../node/store/history.ts';
import { readReport } from '../../node/store/read-report.ts';

export interface ReadResults {
  readonly runs: readonly ResultRun[];
  /** One sentence for each file or line that could not be read. */
  readonly skipped: readonly string[];
  /** Whether the history has a run. */
  readonly hasHistory: boolean;
}

/**
 * Reads every run of the history, and of the reports below `root` that are not in it; oldest first. A report is only
 * read if the history does not have the run that its folder is named after.
 */
export async function readResults(root: string, historyDir: string): Promise<ReadResults> {
  const [history, files] = await Promise.all([readHistory(historyDir), findReports(root)]);
  const entries = new Map<string, HistoryEntry>(history.entries.map((entry) => [entry.run, entry]));
  const folders = new Map<string, string>();
  const skipped = [...history.skipped];
  for (const file of files) {
    const folder = path.relative(root, path.dirname(file));
    const name = path.basename(folder);
    if (entries.has(name)) {
      folders.set(name, folder);
      continue;
    }
    try {
      const entry = historyLineOf(await readReport(file));
      if (!entries.has(entry.run)) entries.set(entry.run, entry);
      folders.set(entry.run, folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      skipped.push(error.message);
    }
  }
  const runs = [...entries.values()]
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
    .map((entry) => ({ entry, folder: folders.get(entry.run) ?? null }));
  return { runs, skipped, hasHistory: history.entries.length > 0 };
}
