import { readFile } from 'node:fs/promises';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { parseReport } from '../../questions/parse-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';

/**
 * Reads a report from a file.
 * @throws UserError if there is no such file, or it is not a report that this version can read.
 */
export async function readReport(file: string): Promise<AnsweredReport> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(
      'E_REPORT_UNREADABLE',
      `Cannot read ${file} (${codeOf(error)}). Name the report.json of a run.`,
      EXIT.usage,
    );
  }
  return parseReport(text, file);
}
