import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** No space, an exhausted quota, or a limit on file size. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

export interface WriteReportOptions {
  /** Further files beside the report, by name. */
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  /** Where the report goes if its own folder is full: the system's temporary folder. */
  readonly fallbackRoot?: string;
}

/**
 * Writes `report.json` and the files beside it, each under a temporary name, synced and renamed, so there is either
 * the whole new file or the old one. Returns the path of the report.
 * @throws UserError E_RESULTS_UNWRITABLE (exit 4) if the folder cannot be written. The report is then kept in the
 * fallback folder, which the message names.
 */
export async function writeReport(
  dir: string,
  report: Report,
  { files = [], fallbackRoot = tmpdir() }: WriteReportOptions = {},
): Promise<string> {
  const json = `${JSON.stringify(report)}\n`;
  const file = path.join(dir, 'report.json');
  try {
    await writeFileAtomically(file, json);
    for (const { name, text } of files) await writeFileAtomically(path.join(dir, name), text);
    return file;
  } catch (error) {
    const why = codeOf(error) ?? String(error);
    const kept = await keepElsewhere(fallbackRoot, json);
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write the report to ${dir} (${FULL.includes(why) ? 'the disk is full' : why}). ${
        kept === null
          ? `It could not be kept in ${fallbackRoot} either, so it is lost; free some space and run again.`
          : `It was kept as ${kept} instead.`
      }`,
      EXIT.environment,
    );
  }
}

async function keepElsewhere(root: string, text: string): Promise<string | null> {
  try {
    const file = path.join(await mkdtemp(path.join(root, 'order-load-')), 'report.json');
    await writeFileAtomically(file, text);
    return file;
  } catch {
    return null;
  }
}
