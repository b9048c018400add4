import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import type { ResultSweep } from '../../core/summary/results/sweep-rows.ts';
import { readTune } from '../../node/store/read-tune.ts';

/** The results of the sweeps in `root`, and one sentence for each that cannot be read. */
export async function readSweepResults(
  root: string,
): Promise<{ readonly sweeps: readonly ResultSweep[]; readonly skipped: readonly string[] }> {
  const names = await readdir(path.join(root, 'tune')).catch(() => []);
  const sweeps: ResultSweep[] = [];
  const skipped: string[] = [];
  for (const name of names.sort()) {
    const folder = path.join('tune', name);
    try {
      const read = await readTune(path.join(root, folder));
      if (read !== null) sweeps.push({ result: read.result, folder });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      skipped.push(error.message);
    }
  }
  return { sweeps, skipped };
}
