import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Env } from '../../core/config/env.ts';
import { programProblem, runProgram } from '../process/run-program.ts';
import { candidatesOnPath } from './environment.ts';
import { askProgram, lastLine, whyNotExecutable } from './executable.ts';
import { binaryName, K6_VERSION } from './k6-release.ts';

/** The Go module that pins k6 and, in `go.sum`, all modules it consists of. */
export const K6_MODULE_FOLDER = fileURLToPath(new URL('../../../scripts/k6', import.meta.url));

const OLDEST_GO = { major: 1, minor: 25 };
const HEARTBEAT_EVERY_MS = 10_000;
const BUILD_TIMEOUT_MS = 20 * 60_000;

/** `go version` may have to download the toolchain that `go.mod` requires. */
const GO_VERSION_TIMEOUT_MS = 120_000;

const GO_PACKAGE = 'go.k6.io/k6/v2';

export interface BuildK6Options {
  readonly env: Env;
  readonly say: (line: string) => void;
}

/** A Go toolchain: its path and version (`1.26.8`), or what is wrong with it. */
export type GoToolchain =
  | { readonly path: string; readonly version: string }
  | { readonly problem: string };

/**
 * Builds the pinned k6 from `scripts/k6` into `folder` and returns the binary's path. Needs Go 1.25 or newer and, for
 * modules that are not cached yet, a Go module proxy. Takes one to two minutes on two cores. Rejects with one readable
 * line.
 */
export async function buildK6(folder: string, { env, say }: BuildK6Options): Promise<string> {
  const go = await findGo(env, { cwd: K6_MODULE_FOLDER });
  if ('problem' in go) throw new Error(go.problem);
  const binary = join(folder, binaryName(process.platform));
  say(
    `building k6 ${K6_VERSION} with Go ${go.version} from ${K6_MODULE_FOLDER}; the first time takes a minute or two`,
  );
  const startedMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedMs) / 1000);
  const heartbeat = setInterval(
    () => say(`still building k6 (${seconds()} s so far)`),
    HEARTBEAT_EVERY_MS,
  );
  try {
    await runBuild(go.path, binary, goEnvironment(env));
  } finally {
    clearInterval(heartbeat);
  }
  say(`built k6 ${K6_VERSION} in ${seconds()} s`);
  return binary;
}

/**
 * Finds Go on PATH and its version. If `cwd` is in a module, that is the version of the toolchain Go would use there,
 * which it may download (`GOTOOLCHAIN` is left as it is).
 */
export async function findGo(
  env: Env,
  options: { readonly cwd?: string } = {},
): Promise<GoToolchain> {
  const wanted = `Go ${OLDEST_GO.major}.${OLDEST_GO.minor} or newer is needed`;
  const path = await firstExecutable(candidatesOnPath(env, 'go'));
  if (path === undefined) return { problem: `no Go on PATH; ${wanted}` };
  const { stdout, problem } = await askProgram(path, ['version'], {
    env,
    timeoutMs: GO_VERSION_TIMEOUT_MS,
    ...options,
  });
  if (problem !== undefined) return { problem: `"go version" failed (${problem})` };
  const version = /^go version go(\S+)/.exec(stdout)?.[1];
  if (version === undefined) return { problem: `"go version" of ${path} did not name a release` };
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const isTooOld =
    major < OLDEST_GO.major || (major === OLDEST_GO.major && minor < OLDEST_GO.minor);
  return isTooOld ? { problem: `${path} is Go ${version}; ${wanted}` } : { path, version };
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if ((await whyNotExecutable(path)) === undefined) return path;
  }
  return undefined;
}

/** The user's environment, without variables that would build a different k6, or put it elsewhere. */
function goEnvironment(env: Env): Env {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return {
    ...rest,
    CGO_ENABLED: '0',
    GOFLAGS: '-mod=readonly -trimpath -buildvcs=false',
    GOWORK: 'off',
  };
}

async function runBuild(go: string, binary: string, env: Env): Promise<void> {
  const end = await runProgram({
    file: go,
    args: ['build', '-o', binary, GO_PACKAGE],
    cwd: K6_MODULE_FOLDER,
    env,
    timeoutMs: BUILD_TIMEOUT_MS,
  });
  const problem = programProblem(end, BUILD_TIMEOUT_MS);
  if (problem !== null) throw new Error(`"go build" failed (${problem}): ${lastLine(end.stderr)}`);
}
