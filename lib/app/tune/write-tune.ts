import path from 'node:path';
import {
  powerTuningFiles,
  renderTuneFiles,
  TUNE_FORMATS,
} from '../../core/render/tune/tune-files.ts';
import { movedSince } from '../../core/tune/history/moved-since.ts';
import { sweepBefore, sweepEntryOf } from '../../core/tune/history/sweep-entry.ts';
import type { TuneResult } from '../../core/tune/schema/tune-schema.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { appendSweep, readSweeps } from '../../node/store/sweep-history.ts';
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
 * Writes what a sweep found into its folder, each file as a whole: `tune.json`, `tune.txt`, `tune.md`, `tune.html`, and
 * what other tools read (`power-tuning-<arch>.json`). May be called again for the same sweep, which has one line in the
 * history.
 * @throws UserError E_RESULTS_UNWRITABLE or E_HISTORY_UNWRITABLE (exit 4).
 */
export async function writeTune(
  dir: string,
  measured: TuneResult,
  { root, history }: TuneFolders,
): Promise<WrittenTune> {
  const entry = sweepEntryOf(measured);
  const { sweeps } = history === null ? { sweeps: [] } : await readSweeps(history);
  const before = sweepBefore(sweeps, entry);
  const earlier = before === null ? null : movedSince(before, entry);
  const result: TuneResult = history === null ? measured : { ...measured, earlier };
  const assets = await bundlePage(path.join(root, 'lib', 'page'));
  await writeFiles(dir, [
    { name: 'tune.json', text: `${JSON.stringify(result)}\n` },
    ...renderTuneFiles(result, TUNE_FORMATS, assets),
    ...powerTuningFiles(result),
  ]);
  const isNew = !sweeps.some(({ id }) => id === entry.id);
  if (history !== null && isNew && result.run.status === 'completed') {
    await appendSweep(history, entry);
  }
  return { result, page: path.join(dir, 'tune.html') };
}
