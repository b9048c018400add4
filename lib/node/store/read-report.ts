import { readFile } from 'node:fs/promises';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import { codeOf } from '../../core/text/reason-of.ts';
import { parseReport } from '../../questions/parse-report.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';

/**
 * The report in a file.
 * @throws UserError when there is no such file, or no report that this version reads in it.
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
