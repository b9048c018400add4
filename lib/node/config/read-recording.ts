import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { RunConfig } from '../../core/config/run-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { parseRecording } from '../../core/load/recorded-arrivals.ts';
import { type RecordedLoad, recordedLoad } from '../../core/load/recorded-load.ts';

/**
 * The load in a file given by `--arrivals`; null for arrivals without a file.
 *
 * @throws UserError E_ARRIVALS (exit 2) for a file that cannot be read or is not a recording.
 */
export async function readRecording(
  { arrivals, seed }: Pick<RunConfig, 'arrivals' | 'seed'>,
  cwd: string,
): Promise<RecordedLoad | null> {
  if (arrivals.kind !== 'file') return null;
  const { path, speed } = arrivals;
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      'E_ARRIVALS',
      `cannot read the arrivals in ${path} (${error.code}); expected even, poisson, cv:NUMBER or a file of recorded times`,
    );
  });
  return recordedLoad(parseRecording(text, path), {
    file: basename(path),
    speed,
    seed,
    sha256: (of) => createHash('sha256').update(of).digest('hex'),
  });
}
