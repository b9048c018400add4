import { access, constants, mkdtemp, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import type { DoctorFinding } from './finding.ts';

const NEEDED_BYTES = 100e6;
const COMFORTABLE_BYTES = 1e9;

/** Whether results can be written to `folder`, which need not exist yet, and how much space is free. */
export async function resultsFindings(folder: string): Promise<DoctorFinding[]> {
  const path = resolve(folder);
  const problem = await whyNotWritable(path);
  if (problem !== undefined) {
    return [
      {
        name: 'results',
        status: 'missing',
        isRequired: true,
        detail: `${path} is not writable (${problem})`,
        mend: 'change its permissions, or choose another folder with --out',
      },
    ];
  }
  const { bavail, bsize } = await statfs(await nearestExisting(path));
  return [
    { name: 'results', status: 'ok', isRequired: true, detail: `${path} is writable` },
    diskFinding(bavail * bsize),
  ];
}

/** Judges the free space for results. */
export function diskFinding(freeBytes: number): DoctorFinding {
  const status =
    freeBytes < NEEDED_BYTES ? 'missing' : freeBytes < COMFORTABLE_BYTES ? 'warn' : 'ok';
  return {
    name: 'disk',
    status,
    isRequired: true,
    detail: `${(freeBytes / 1e9).toFixed(1)} GB free for results`,
    ...(status === 'ok' ? {} : { mend: 'free some space, or choose another folder with --out' }),
  };
}

/**
 * Why nothing can be written to `folder`, or the folder cannot be created; undefined if it can. Tries to write,
 * because permission bits do not show a read-only file system, and leaves nothing behind.
 */
export async function whyNotWritable(folder: string): Promise<string | undefined> {
  try {
    const existing = await nearestExisting(resolve(folder));
    if (!(await stat(existing)).isDirectory()) return `${existing} is not a folder`;
    await access(existing, constants.W_OK | constants.X_OK);
    await rmdir(await mkdtemp(join(existing, '.doctor-')));
    return undefined;
  } catch (error) {
    return codeOf(error) ?? String(error);
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    const isAbsent = codeOf(error) === 'ENOENT';
    if (!isAbsent || dirname(path) === path) throw error;
    return nearestExisting(dirname(path));
  }
}
