import { cp, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';

/** The folders of a night. */
export interface NightFolders {
  readonly out: string;
  /** The history that the runs are added to. */
  readonly history: string;
  /** The history as it was before the night, with which its runs are compared. */
  readonly before: string;
}

/**
 * Creates the folder of a night, and copies the history into it.
 * @throws UserError E_NIGHTLY_OUT (exit 2) if the folder is not empty: runs of two nights would mix;
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

/** A history that does not exist yet counts as empty. */
export async function copyHistory(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
