import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Env } from '../../core/config/env.ts';
import { whyNotExecutable } from './executable.ts';
import { cachedK6Path } from './find-k6.ts';
import { K6_VERSION } from './k6-release.ts';
import { probeK6Version } from './probe-k6-version.ts';

const WORK_PREFIX = 'work-';
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/**
 * Puts the pinned k6 into the cache and returns its path. `produce` creates the binary in a private folder. It is run
 * once to check that it works here and is the pinned version, flushed to disk and renamed. So even after a kill the
 * cache has a complete binary or none, and two processes at the same time each find a complete one.
 */
export async function installK6(
  folder: string,
  env: Env,
  produce: (workFolder: string) => Promise<string>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await removeAbandonedWork(folder);
  const workFolder = await mkdtemp(join(folder, WORK_PREFIX));
  try {
    const binary = await produce(workFolder);
    await chmod(binary, 0o755);
    await flush(binary);
    const probe = await probeK6Version(binary, env);
    if ('problem' in probe) throw new Error(`the binary does not work here: ${probe.problem}`);
    if (probe.version !== K6_VERSION) {
      throw new Error(`the binary is k6 ${probe.version}, not ${K6_VERSION}`);
    }
    return await moveIntoPlace(binary, cachedK6Path(folder));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function moveIntoPlace(binary: string, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await rename(binary, path);
  } catch (error) {
    // Windows refuses to replace a binary that another process, which was faster, already runs.
    if ((await whyNotExecutable(path)) !== undefined) throw error;
  }
  return path;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes what killed processes left behind, so the cache does not grow forever. */
async function removeAbandonedWork(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(WORK_PREFIX)) continue;
    const path = join(folder, name);
    const ageMs = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (ageMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
