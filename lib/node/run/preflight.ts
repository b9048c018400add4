import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import { preferIPv4 } from './prefer-ipv4.ts';

/**
 * One GET to the target's base URL, at the address that k6 will use. Any HTTP answer counts as reachable; a redirect is not followed
 * and nothing is written.
 *
 * @throws UserError E_TARGET_UNREACHABLE with the reason in the words of the network.
 */
export async function checkReachable(target: string, timeoutMs = 5000): Promise<void> {
  try {
    const response = await answerOf(target, timeoutMs);
    response.destroy();
  } catch (error) {
    const reason = reasonOf(error, timeoutMs);
    throw new UserError(
      'E_TARGET_UNREACHABLE',
      `no HTTP answer from ${target} (${reason}); is it running, and is --target right?${ipv6Hint(target, reason)}`,
      EXIT.environment,
    );
  }
}

/** Many development servers listen at the IPv6 address of localhost alone. */
function ipv6Hint(target: string, reason: string): string {
  const { hostname, port } = new URL(target);
  if (hostname !== 'localhost' || reason !== 'ECONNREFUSED') return '';
  return ` k6 prefers IPv4: a server at ::1 alone is http://[::1]${port && `:${port}`}`;
}

// `fetch` would refuse ports that browsers keep from pages, such as 6000 and 10080.
function answerOf(target: string, timeoutMs: number): Promise<IncomingMessage> {
  const get = target.startsWith('https:') ? getHttps : getHttp;
  const options = { agent: false, lookup: preferIPv4(), signal: AbortSignal.timeout(timeoutMs) };
  return new Promise((resolve, reject) => {
    get(target, options, resolve).once('error', reject);
  });
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return `nothing within ${timeoutMs / 1000} s`;
  return (error as NodeJS.ErrnoException).code ?? error.message;
}
