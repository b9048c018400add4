import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps, type RequestOptions } from 'node:https';
import { type Dispatcher, request } from 'undici';
import { EXIT, UserError } from '../../core/config/user-error.ts';

export interface PreflightOptions {
  /** How to connect, as k6 will. */
  readonly connection: Pick<RequestOptions, 'lookup' | 'ca' | 'cert' | 'key'>;
  /** Asks the proxy that k6 will ask, or null where it asks none. */
  readonly byProxy?: Dispatcher | null;
  readonly timeoutMs?: number;
}

/**
 * One GET, at the address or by the proxy that k6 will use. Any HTTP answer counts as reachable; a redirect
 * is not followed and nothing is written.
 *
 * @throws UserError E_TARGET_UNREACHABLE with the reason in the words of the network.
 */
export async function checkReachable(
  url: string,
  { connection, byProxy = null, timeoutMs = 5000 }: PreflightOptions,
): Promise<void> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    if (byProxy === null) (await answerOf(url, connection, signal)).destroy();
    else (await request(url, { dispatcher: byProxy, signal })).body.on('error', ignore).destroy();
  } catch (error) {
    const reason = reasonOf(error, timeoutMs);
    throw new UserError(
      'E_TARGET_UNREACHABLE',
      `no HTTP answer from ${url} (${reason}); is it running, and is --target right?${byProxy !== null ? ' It was asked by the proxy that the environment names.' : ipv6Hint(url, reason)}${pathHint(error)}`,
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
const NO_ANSWER_THERE = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

function pathHint(error: unknown): string {
  if (!isTimeout(error) && !NO_ANSWER_THERE.includes(codeOf(error) ?? '')) return '';
  return ' Where it answers at another path, name that by --preflight-path /health; --preflight-path none asks nothing before the load.';
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (isTimeout(error)) return `nothing within ${timeoutMs / 1000} s`;
  if (codeOf(error) === 'UND_ERR_SOCKET') return 'the connection was closed without an answer';
  return codeOf(error) ?? error.message;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
