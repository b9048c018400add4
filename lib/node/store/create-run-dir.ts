import { access, constants, mkdir, readdir, rename, rm, rmdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';

/** Free space that a run needs for its report, k6's log and the bundle. */
const NEEDED_BYTES = 50 * 2 ** 20;

export interface RunDirOptions {
  /** Folder for all results; the run gets a folder of its own in it. */
  readonly root: string;
  /** Id of the run. */
  readonly run: string;
  /** Folder to write into directly instead, given by `--out`. */
  readonly out?: string | undefined;
  /**
   * Files that a run writes beside its report. Those of an earlier run in `out` are removed: if this run ended before
   * its report, they would be taken for its own.
   */
  readonly siblings?: readonly string[];
}

/**
 * Creates the folder of a run, before anything else, so a run whose results could not be stored does not begin. The
 * report of an earlier run in `out` is renamed to `report.previous.json` (replacing the one before), so a CI job can
 * write to the same place every time.
 * @throws UserError E_RESULTS_UNWRITABLE (exit 4) if it cannot be created, is not writable, or is full.
 */
export async function createRunDir({
  root,
  run,
  out,
  siblings = [],
}: RunDirOptions): Promise<string> {
  const dir = path.resolve(out ?? path.join(root, run));
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.W_OK | constants.X_OK);
    await keepPreviousReport(dir, siblings);
  } catch (error) {
    throw unwritable(dir, codeOf(error) ?? String(error));
  }
  const free = await freeBytes(dir);
  if (free !== null && free < NEEDED_BYTES) {
    throw unwritable(dir, `only ${Math.floor(free / 2 ** 20)} MiB are free`);
  }
  return dir;
}

/** Removes the folder of a run that did not begin, if it is empty. */
export async function removeIfEmpty(dir: string): Promise<void> {
  await rmdir(dir).catch(() => undefined);
}

async function keepPreviousReport(dir: string, siblings: readonly string[]): Promise<void> {
  const files = await readdir(dir);
  if (!files.includes('report.json')) return;
  for (const name of siblings) await rm(path.join(dir, name), { force: true });
  await rename(path.join(dir, 'report.json'), path.join(dir, 'report.previous.json'));
}

async function freeBytes(dir: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  } catch {
    return null;
  }
}

function unwritable(dir: string, why: string): UserError {
  return new UserError(
    'E_RESULTS_UNWRITABLE',
    `Cannot write results to ${dir} (${why}). Free some space, fix its permissions, or choose another folder with --out.`,
    EXIT.environment,
  );
}
