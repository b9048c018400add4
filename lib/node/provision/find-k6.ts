import { join, resolve } from 'node:path';
import type { Env } from '../../core/config/env.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { candidatesOnPath, defaultCacheDir, variable } from './environment.ts';
import { whyNotExecutable } from './executable.ts';
import { binaryName, isCompatibleK6, K6_VERSION, K6_WANTED } from './k6-release.ts';
import { recallK6Version } from './probe-k6-version.ts';

export interface FindK6Options {
  readonly env: Env;
  /** Folder for what is kept between runs; the default is `defaultCacheDir(env)`. */
  readonly cacheDir?: string;
  /** Called with one line for each step. */
  readonly say: (line: string) => void;
}

/** A k6 binary that is ready to run. */
export interface LocalK6 {
  readonly path: string;
  /** Without `v`: `2.2.0`. */
  readonly version: string;
  readonly source: 'K6_BIN' | 'PATH' | 'cache';
}

export interface K6Search {
  readonly found: LocalK6 | undefined;
  /** One phrase for each place without a usable k6. */
  readonly tried: readonly string[];
}

/** The folder for k6 in the cache folder. */
export function k6CacheFolder(options: Pick<FindK6Options, 'env' | 'cacheDir'>): string {
  return join(resolve(options.cacheDir ?? defaultCacheDir(options.env)), 'k6');
}

/** The path of the cached binary. It contains version and platform, so the binary need not be run to find out. */
export function cachedK6Path(folder: string): string {
  const { platform, arch } = process;
  return join(folder, `v${K6_VERSION}-${platform}-${arch}`, binaryName(platform));
}

/**
 * Looks for a k6 on this machine, without the network: `K6_BIN`, then PATH, then the cache. A `K6_BIN` that cannot be
 * used is an error (`E_K6_BIN`, exit 4), because the user named it.
 */
export async function findK6(options: FindK6Options): Promise<K6Search> {
  const folder = k6CacheFolder(options);
  const tried: string[] = [];
  const found =
    (await findByVariable(options, folder, tried)) ??
    (await findOnPath(options, folder, tried)) ??
    (await findInCache(folder, tried));
  if (found !== undefined) {
    options.say(`k6 ${found.version} from ${found.source}: ${found.path}`);
  }
  return { found, tried };
}

async function findByVariable(
  { env }: FindK6Options,
  folder: string,
  tried: string[],
): Promise<LocalK6 | undefined> {
  const value = variable(env, 'K6_BIN');
  if (value === undefined) {
    tried.push('K6_BIN (not set)');
    return undefined;
  }
  const path = resolve(value);
  const refuse = (reason: string) =>
    new UserError(
      'E_K6_BIN',
      `K6_BIN=${value} ${reason}; set it to the path of a k6 ${K6_WANTED} binary, or unset it to download or build k6 ${K6_VERSION}`,
      EXIT.environment,
    );
  const problem = await whyNotExecutable(path);
  if (problem !== undefined) throw refuse(problem);
  const probe = await recallK6Version(path, env, join(folder, 'probes'));
  if ('problem' in probe) throw refuse(`is not a usable k6: ${probe.problem}`);
  if (!isCompatibleK6(probe.version)) throw refuse(`is k6 ${probe.version}, not ${K6_WANTED}`);
  return { path, version: probe.version, source: 'K6_BIN' };
}

async function findOnPath(
  { env, say }: FindK6Options,
  folder: string,
  tried: string[],
): Promise<LocalK6 | undefined> {
  const skipped: string[] = [];
  for (const path of candidatesOnPath(env, 'k6')) {
    if ((await whyNotExecutable(path)) !== undefined) continue;
    const probe = await recallK6Version(path, env, join(folder, 'probes'));
    if ('version' in probe && isCompatibleK6(probe.version)) {
      return { path, version: probe.version, source: 'PATH' };
    }
    const reason = 'version' in probe ? `is ${probe.version}, not ${K6_WANTED}` : probe.problem;
    skipped.push(`${path} ${reason}`);
    say(`k6 on PATH skipped: ${path} ${reason}`);
  }
  tried.push(skipped.length === 0 ? 'PATH (no k6 on it)' : `PATH (${skipped.join(', ')})`);
  return undefined;
}

async function findInCache(folder: string, tried: string[]): Promise<LocalK6 | undefined> {
  const path = cachedK6Path(folder);
  const problem = await whyNotExecutable(path);
  if (problem === undefined) return { path, version: K6_VERSION, source: 'cache' };
  tried.push(`cache (${path} ${problem})`);
  return undefined;
}
