import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { readReport } from './read-report.ts';

export interface ReadRuns {
  /** Each run once, in the order of the file names. */
  readonly reports: readonly AnsweredReport[];
  /** One line for each file that could not be read, or repeats a run. */
  readonly skipped: readonly string[];
}

/** How many levels of folders are searched: `results/a/<run>/report.json`. */
const MAX_DEPTH = 2;

/**
 * The reports in `given`: a file, the folder of a run, or a folder of several runs, which may also contain the JSON
 * files themselves. Files that are broken, cut off or from another program do not stop the others; each has a line in
 * `skipped`.
 * @throws UserError E_REPORT_UNREADABLE (exit 2) if no report can be read.
 */
export async function readRuns(given: string): Promise<ReadRuns> {
  const files = await reportFiles(given, MAX_DEPTH);
  const reports = new Map<string, AnsweredReport>();
  const skipped: string[] = [];
  for (const file of files) {
    try {
      const report = await readReport(file);
      if (reports.has(report.run.id)) skipped.push(`${file} repeats run ${report.run.id}`);
      else reports.set(report.run.id, report);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      skipped.push(error.message);
    }
  }
  if (reports.size > 0) return { reports: [...reports.values()], skipped };
  throw new UserError(
    'E_REPORT_UNREADABLE',
    skipped.length === 1
      ? (skipped[0] as string)
      : `There is no readable report in ${given}${skipped.length > 1 ? ` (${skipped.length} files, the first: ${skipped[0]})` : ''}. Name the report.json of a run, its folder, or a folder of runs.`,
    EXIT.usage,
  );
}

async function reportFiles(given: string, depth: number): Promise<string[]> {
  const isFolder = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [given];
  const entries = await readdir(given, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'report.json')) return [path.join(given, 'report.json')];
  const names = (kind: (entry: (typeof entries)[number]) => boolean) =>
    entries
      .filter(kind)
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.') && name !== 'report.previous.json')
      .sort();
  const files = names((entry) => entry.isFile() && entry.name.endsWith('.json'));
  const folders = depth === 0 ? [] : names((entry) => entry.isDirectory());
  const below = await Promise.all(
    folders.map(async (name) => {
      const inside = await reportFiles(path.join(given, name), depth - 1);
      // JSON files in deeper folders belong to something else.
      return inside.filter((file) => path.basename(file) === 'report.json');
    }),
  );
  return [...files.map((name) => path.join(given, name)), ...below.flat()];
}
