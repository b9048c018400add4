import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps, type RequestOptions } from 'node:https';
import { type Dispatcher, request } from 'undici';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import type { NetworkCause } from '../../core/order/network-cause.ts';
import { unreachableReason } from './unreachable-reason.ts';

export interface PreflightOptions {
  /** How to connect, as k6 will. */
  readonly connection: Pick<RequestOptions, 'lookup' | 'ca' | 'cert' | 'key'>;
  /** Asks the proxy that k6 will ask, or null where it asks none. */
  readonly byProxy?: Dispatcher | null;
  readonly timeoutMs?: number;
  /** The scenario may show a client certificate that this side does not have. */
  readonly mayWantCertificate?: boolean;
}

/**
 * One GET, at the address or by the proxy that k6 will use. Any HTTP answer counts as reachable; a redirect
 * is not followed and nothing is written.
 *
 * @throws UserError E_TARGET_UNREACHABLE with the reason in the words of the network.
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
    // Who wants a certificate that only the scenario has is there.
    if (cause === 'clientCertificate' && mayWantCertificate) return;
    throw new UserError(
      'E_TARGET_UNREACHABLE',
      `no HTTP answer from ${url} (${words}); ${advice}${advice.endsWith('?') ? '' : '.'}${byProxy !== null ? '' : ipv6Hint(url, words)}${pathHint(cause)}`,
      EXIT.environment,
    );
  }
}

function ignore(): void {
  // Nobody waits for the body.
}

// `fetch` would refuse ports that browsers keep from pages, such as 6000 and 10080. undici's requests lose what TLS
// says when the other side wants a certificate.
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

/** Many development servers listen at the IPv6 address of localhost alone. */
function ipv6Hint(url: string, reason: string): string {
  const { hostname, port } = new URL(url);
  if (hostname !== 'localhost' || reason !== 'ECONNREFUSED') return '';
  return ` k6 prefers IPv4: a server at ::1 alone is http://[::1]${port && `:${port}`}`;
}

/** Something is there, and may answer orders though it does not answer this. */
const NO_ANSWER_THERE: readonly (NetworkCause | null)[] = ['reset', 'closed', 'cutShort', 'silent'];

function pathHint(cause: NetworkCause | null): string {
  if (!NO_ANSWER_THERE.includes(cause)) return '';
  return ' Where it answers at another path, name that by --preflight-path /health; --preflight-path none asks nothing before the load.';
}
