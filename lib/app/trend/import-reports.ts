import { UserError } from '../../core/errors/user-error.ts';
import { historyLineOf } from '../../core/summary/results/history-line.ts';
import { findReports } from '../../node/store/find-reports.ts';
import { appendHistory, readHistory } from '../../node/store/history.ts';
import { readReport } from '../../node/store/read-report.ts';

/**
 * Adds the runs of all reports below `root` that are not in the history yet, oldest first. A report that cannot be
 * read is reported in one line and left out.
 */
export async function importReports(
  root: string,
  historyDir: string,
  say: (line: string) => void,
): Promise<void> {
  const { entries } = await readHistory(historyDir);
  const known = new Set(entries.map(({ run }) => run));
  const found = [];
  for (const file of await findReports(root)) {
    try {
      const entry = historyLineOf(await readReport(file));
      if (!known.has(entry.run)) found.push(entry);
      known.add(entry.run);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      say(`not imported: ${error.message}`);
    }
  }
  found.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  for (const entry of found) await appendHistory(historyDir, entry);
  say(`imported  ${found.length} runs from ${root}`);
}
