import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps, type RequestOptions } from 'node:https';
import { type Dispatcher, request } from 'undici';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { NetworkCause } from '../../core/order/network-cause.ts';
import { unreachableReason } from './unreachable-reason.ts';

export interface PreflightOptions {
  /** How to connect: as k6 will. */
  readonly connection: Pick<RequestOptions, 'lookup' | 'ca' | 'cert' | 'key'>;
  /** Goes through the proxy that k6 will use, or null if there is none. */
  readonly byProxy?: Dispatcher | null;
  readonly timeoutMs?: number;
  /** The scenario may have a client certificate that this process does not have. */
  readonly mayWantCertificate?: boolean;
}

/**
 * Sends one GET to the address, or through the proxy, that k6 will use. Any HTTP response counts as reachable; redirects
 * are not followed and nothing is written.
 *
 * @throws UserError E_TARGET_UNREACHABLE with the network's error code as the reason.
 */
export async function checkReachable(
  url: string,
  { connection, byProxy = null, timeoutMs = 5000, mayWantCertificate = false }: PreflightOptions,
): Promise<void> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    if (byProxy === null) (await answerOf(url, connection, signal)).destroy();
    else (await request(url, { dispatcher: byProxy, signal })).body.on('error', ignore).destroy();
  } catch (error) {
    const { words, cause, advice } = unreachableReason(error, timeoutMs, byProxy !== null);
    // A server that asks for a certificate, which only the scenario has, can be reached.
    if (cause === 'clientCertificate' && mayWantCertificate) return;
    throw new UserError(
      'E_TARGET_UNREACHABLE',
      `no HTTP response from ${url} (${words}); ${advice}${advice.endsWith('?') ? '' : '.'}${byProxy !== null ? '' : ipv6Hint(url, words)}${pathHint(cause)}`,
      EXIT.environment,
    );
  }
}

function ignore(): void {
  // The body is not needed.
}

// `fetch` refuses ports that browsers block, such as 6000 and 10080. undici's requests lose the TLS alert of a server
// that asks for a certificate.
function answerOf(
  url: string,
  connection: PreflightOptions['connection'],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const get = url.startsWith('https:') ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    get(url, { ...connection, agent: false, signal }, resolve).once('error', reject);
  });
}

/** Many development servers listen only on the IPv6 address of localhost. */
function ipv6Hint(url: string, reason: string): string {
  const { hostname, port } = new URL(url);
  if (hostname !== 'localhost' || reason !== 'ECONNREFUSED') return '';
  return ` k6 prefers IPv4: a server that listens only on ::1 is at http://[::1]${port && `:${port}`}`;
}

/** With these causes something is there, and may respond to orders although it did not respond to this GET. */
const REACHED_WITHOUT_ANSWER: readonly (NetworkCause | null)[] = [
  'reset',
  'closed',
  'cutShort',
  'silent',
];

function pathHint(cause: NetworkCause | null): string {
  if (!REACHED_WITHOUT_ANSWER.includes(cause)) return '';
  return ' If it answers at another path, set that with --preflight-path /health; --preflight-path none skips this check.';
}
