import { EnvHttpProxyAgent, fetch, type Response } from 'undici';
import type { Env } from '../../core/config/env.ts';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { variable } from './environment.ts';
import { K6_RELEASES_URL } from './k6-release.ts';

export interface ServerPatience {
  /** How long a connection may take, DNS included. */
  readonly connectMs: number;
  /** How long a response may stall: before its headers, or between two pieces of its body. */
  readonly stallMs: number;
}

const DEFAULT_PATIENCE: ServerPatience = { connectMs: 4_000, stallMs: 10_000 };

/** The server that releases are downloaded from. */
export interface ReleaseServer {
  /** The base URL without credentials, for messages. */
  readonly shownUrl: string;
  /** Whether responses are protected against changes on the way. */
  readonly isTrusted: boolean;
  /**
   * Yields the body of `base/path`. Rejects with one readable line if the server cannot be reached, does not respond
   * with 200, stalls, or the body ends early.
   */
  readonly read: (path: string) => AsyncGenerator<Uint8Array, void, void>;
  readonly close: () => Promise<void>;
}

/**
 * The server named by `K6_MIRROR`, or GitHub. Honours `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. A user and password
 * in the mirror's URL are sent as basic authentication and never shown.
 */
export function openReleaseServer(
  env: Env,
  patience: ServerPatience = DEFAULT_PATIENCE,
): ReleaseServer {
  const base = parseBaseUrl(variable(env, 'K6_MIRROR') ?? K6_RELEASES_URL);
  const headers = { 'accept-encoding': 'identity', ...authorization(base) };
  const shownUrl = `${base.protocol}//${base.host}${base.pathname.replace(/\/+$/, '')}`;
  const isTrusted = base.protocol === 'https:' || isLoopback(base.hostname);
  const agent = openAgent(env, patience);

  async function* read(path: string): AsyncGenerator<Uint8Array, void, void> {
    const watchdog = startWatchdog(patience.stallMs);
    try {
      const response = await fetch(`${shownUrl}/${path}`, {
        dispatcher: agent,
        headers,
        signal: watchdog.signal,
      });
      refuseUnusable(response, base);
      for await (const piece of response.body ?? []) {
        watchdog.feed();
        yield piece as Uint8Array;
      }
    } catch (error) {
      throw watchdog.signal.aborted
        ? new Error(`no data for ${patience.stallMs / 1000} s`)
        : new Error(describeFailure(error), { cause: error });
    } finally {
      watchdog.stop();
    }
  }

  return { shownUrl, isTrusted, read, close: () => agent.destroy() };
}

function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UserError(
      'E_K6_MIRROR',
      'K6_MIRROR is not an http or https URL; set it to what replaces ' +
        `${K6_RELEASES_URL}, or unset it`,
      EXIT.usage,
    );
  }
  return url;
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function openAgent(env: Env, { connectMs, stallMs }: ServerPatience): EnvHttpProxyAgent {
  const proxy = (name: string) => variable(env, name.toLowerCase()) ?? variable(env, name) ?? '';
  try {
    // Always set, even if empty: otherwise undici would read the process's own environment.
    return new EnvHttpProxyAgent({
      httpProxy: proxy('HTTP_PROXY'),
      httpsProxy: proxy('HTTPS_PROXY'),
      noProxy: proxy('NO_PROXY'),
      connect: { timeout: connectMs },
      proxyTls: { timeout: connectMs },
      headersTimeout: stallMs,
      bodyTimeout: stallMs,
    });
  } catch {
    throw new UserError(
      'E_PROXY',
      'HTTP_PROXY or HTTPS_PROXY is not a URL; set it to http://host:port, or unset it',
      EXIT.usage,
    );
  }
}

function refuseUnusable(response: Response, base: URL): void {
  const url = new URL(response.url);
  if (base.protocol === 'https:' && url.protocol !== 'https:') {
    throw new Error(`redirected to ${url.protocol}//${url.host}, which is not protected by TLS`);
  }
  if (response.status !== 200) throw new Error(`HTTP ${response.status} from ${url.host}`);
}

function describeFailure(error: unknown): string {
  const { message, cause } = error as Error;
  if (!(cause instanceof Error)) return message;
  const code = codeOf(cause);
  const causeText =
    cause instanceof AggregateError ? cause.errors.map(String).join(', ') : cause.message;
  return code === undefined || causeText.includes(code) ? causeText : `${code}: ${causeText}`;
}

interface Watchdog {
  readonly signal: AbortSignal;
  readonly feed: () => void;
  readonly stop: () => void;
}

/** Covers what undici's own timeouts do not, such as a proxy that never answers CONNECT. */
function startWatchdog(patienceMs: number): Watchdog {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patienceMs);
  return {
    signal: controller.signal,
    feed: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
