import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { readReport } from './read-report.ts';

export interface RunReport {
  readonly file: string;
  readonly report: AnsweredReport;
}

/**
 * Reads the report of a run, named by the file or by the folder with its `report.json`.
 * @throws UserError (exit 2) if there is none, or none that this version can read.
 */
export async function readRunReport(given: string): Promise<RunReport> {
  const isFolder = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? path.join(given, 'report.json') : given;
  return { file, report: await readReport(file) };
}
