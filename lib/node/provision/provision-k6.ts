import { reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { type FindK6Options, findK6, k6CacheFolder, type LocalK6 } from './find-k6.ts';
import { installK6 } from './install-k6.ts';
import { K6_VERSION, K6_WANTED } from './k6-release.ts';
import type { ServerPatience } from './release-server.ts';

export interface ProvisionK6Options extends FindK6Options {
  /** How long to wait for the release server. */
  readonly patience?: ServerPatience;
}

export interface ProvisionedK6 {
  readonly path: string;
  /** Without `v`: `2.2.0`. */
  readonly version: string;
  readonly source: LocalK6['source'] | 'download' | 'build';
}

/**
 * Returns a k6 binary. In this order: the one named by `K6_BIN`, a compatible one on PATH, the cached one, a download
 * of the pinned release, a build from `scripts/k6` with Go.
 *
 * Throws a UserError: `E_K6_BIN` when `K6_BIN` cannot be used, `E_K6_MIRROR`, `E_K6_SHA256` or
 * `E_PROXY` when that variable makes no sense, `E_K6_UNAVAILABLE` (exit 4) when every way failed;
 * its message lists what was tried.
 */
export async function provisionK6(options: ProvisionK6Options): Promise<ProvisionedK6> {
  const { env, say } = options;
  const { found, tried } = await findK6(options);
  if (found !== undefined) return found;

  const folder = k6CacheFolder(options);
  // Loaded only if needed: the HTTP client and the archivers would slow down the start of every run.
  const ways = [
    {
      source: 'download',
      name: 'download',
      produce: async (workFolder: string) =>
        (await import('./download-k6.ts')).downloadK6(workFolder, options),
    },
    {
      source: 'build',
      name: 'go build',
      produce: async (workFolder: string) =>
        (await import('./build-k6.ts')).buildK6(workFolder, { env, say }),
    },
  ] as const;

  const failed: string[] = [];
  for (const { source, name, produce } of ways) {
    try {
      const path = await installK6(folder, env, produce);
      say(`k6 ${K6_VERSION} from ${source}: ${path}`);
      return { path, version: K6_VERSION, source };
    } catch (error) {
      if (error instanceof UserError) throw error;
      const reason = reasonOf(error);
      say(`${name} of k6 failed: ${reason}`);
      failed.push(`${name} (${reason})`);
    }
  }
  throw new UserError(
    'E_K6_UNAVAILABLE',
    renderUnavailable([...tried, ...failed], folder),
    EXIT.environment,
  );
}

function renderUnavailable(tried: readonly string[], folder: string): string {
  return [
    `no k6 ${K6_WANTED} could be found, downloaded or built. Tried: ${tried.join('; ')}.`,
    'To fix it, do one of these:',
    `install k6 ${K6_WANTED} (https://grafana.com/docs/k6/latest/set-up/install-k6/) on PATH or set K6_BIN to its path;`,
    'let this machine reach github.com (HTTPS_PROXY), or set K6_MIRROR to a mirror of its k6 releases;',
    'install Go 1.25 or newer (https://go.dev/dl/) with access to a Go module proxy (GOPROXY).',
    `The cache folder ${folder} must be writable and allow programs to run (ORDER_LOAD_CACHE_DIR moves it).`,
  ].join(' ');
}
