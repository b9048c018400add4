import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Env } from '../../core/config/env.ts';
import { askProgram } from './executable.ts';
import { parseK6Version } from './k6-release.ts';

/** The version of a binary, or why it could not be determined. */
export type K6Probe = { readonly version: string } | { readonly problem: string };

const PROBE_TIMEOUT_MS = 10_000;

/** A k6 binary has tens of megabytes; shims of version managers are smaller, or have another name. */
const SMALLEST_BINARY_BYTES = 1_000_000;

interface RememberedProbe {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly version: string;
}

/** Runs `k6 version` of a binary, which takes about 0.1 s. */
export async function probeK6Version(binary: string, env: Env): Promise<K6Probe> {
  const { stdout, problem } = await askProgram(binary, ['version'], {
    env,
    timeoutMs: PROBE_TIMEOUT_MS,
  });
  if (problem !== undefined) return { problem: `"k6 version" failed (${problem})` };
  const version = parseK6Version(stdout);
  return version === undefined ? { problem: '"k6 version" did not name a version' } : { version };
}

/**
 * Like `probeK6Version`, but keeps the result in `folder` as long as the binary's path, size and time of modification
 * stay the same. Shims are run every time, because their version may depend on the current folder.
 */
export async function recallK6Version(binary: string, env: Env, folder: string): Promise<K6Probe> {
  const path = await realpath(binary);
  const { size: sizeBytes, mtimeMs: modifiedMs } = await stat(path);
  const isShim = sizeBytes < SMALLEST_BINARY_BYTES || !basename(path).startsWith('k6');
  if (isShim) return probeK6Version(binary, env);

  const note = join(folder, `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.json`);
  const remembered = await readProbe(note);
  if (
    remembered?.path === path &&
    remembered.sizeBytes === sizeBytes &&
    remembered.modifiedMs === modifiedMs
  ) {
    return { version: remembered.version };
  }
  const probe = await probeK6Version(binary, env);
  if ('version' in probe) {
    await writeProbe(note, folder, { path, sizeBytes, modifiedMs, version: probe.version });
  }
  return probe;
}

async function readProbe(
  note: string,
): Promise<(Partial<RememberedProbe> & { version: string }) | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(note, 'utf8'));
    if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
    return typeof value.version === 'string' ? { ...value, version: value.version } : undefined;
  } catch {
    return undefined;
  }
}

async function writeProbe(note: string, folder: string, probe: RememberedProbe): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    // Two runs may write it at the same time. A note lost in a power cut is only written again.
    const written = `${note}.${randomUUID()}`;
    await writeFile(written, JSON.stringify(probe));
    await rename(written, note);
  } catch {
    // If the cache folder is not writable, the next run takes 0.1 s longer.
  }
}
