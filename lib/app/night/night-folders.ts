import { cp, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import { codeOf } from '../../core/text/reason-of.ts';

/** Where a night keeps what it makes. */
export interface NightFolders {
  readonly out: string;
  /** The history that the runs are added to. */
  readonly history: string;
  /** The history as it was before the night: what its runs are held against. */
  readonly before: string;
}

/**
 * Makes the folder of a night, and takes a copy of the history.
 * @throws UserError E_NIGHTLY_OUT (exit 2) when the folder holds anything: runs of two nights would mix;
 * E_RESULTS_UNWRITABLE (exit 4).
 */
export async function createNightFolders(out: string, history: string): Promise<NightFolders> {
  const before = path.join(out, 'history-before');
  try {
    await mkdir(out, { recursive: true });
    if ((await readdir(out)).length > 0) {
      throw new UserError('E_NIGHTLY_OUT', `${out} is not empty; name a new folder with --out.`);
    }
    await mkdir(before);
    await copyHistory(history, before);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot prepare ${out} (${codeOf(error)}). Free some space, or name another folder with --out.`,
      EXIT.environment,
    );
  }
  return { out, history, before };
}

/** A history that is not there yet is an empty one. */
export async function copyHistory(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
