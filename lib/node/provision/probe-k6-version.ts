import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Env } from '../../core/config/env.ts';
import { askProgram } from './executable.ts';
import { parseK6Version } from './k6-release.ts';

/** What a binary calls itself, or why that could not be found out. */
export type K6Probe = { readonly version: string } | { readonly problem: string };

const PROBE_TIMEOUT_MS = 10_000;

/** Shims of version managers are small or have another name; a k6 binary has tens of megabytes. */
const SMALLEST_BINARY_BYTES = 1_000_000;

interface RememberedProbe {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly version: string;
}

/** Asks a binary for its version with `k6 version`, which takes about 0.1 s. */
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
 * Like `probeK6Version`, but remembers the answer in `folder` for as long as the file keeps its
 * path, size and time of modification. Shims, which may answer differently from one folder to the
 * next without changing, are asked every time.
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
    // Two runs may write it at once. A note that is lost with the machine's power is asked for again.
    const written = `${note}.${randomUUID()}`;
    await writeFile(written, JSON.stringify(probe));
    await rename(written, note);
  } catch {
    // A cache folder that cannot be written costs 0.1 s on the next run, and nothing else.
  }
}
