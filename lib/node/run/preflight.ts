import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import { preferIPv4 } from './prefer-ipv4.ts';
import { goesThroughProxy, requestThroughProxy } from './request-through-proxy.ts';
import { unreachableReason } from './unreachable-reason.ts';

export interface PreflightOptions {
  readonly timeoutMs?: number;
  /** Where the proxies are named that k6 will use. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The scenario may show a client certificate that this side does not have. */
  readonly mayWantCertificate?: boolean;
}

/**
 * One GET to the target's base URL, at the address or by the proxy that k6 will use. Any HTTP answer counts
 * as reachable; a redirect is not followed and nothing is written.
 *
 * @throws UserError E_TARGET_UNREACHABLE with the reason in the words of the network.
 */
export async function checkReachable(
  target: string,
  { timeoutMs = 5000, env = {}, mayWantCertificate = false }: PreflightOptions = {},
): Promise<void> {
  const isProxied = goesThroughProxy(target, env);
  try {
    if (isProxied) await requestThroughProxy(target, env, timeoutMs);
    else (await answerOf(target, timeoutMs)).destroy();
  } catch (error) {
    const { words, cause, advice } = unreachableReason(error, timeoutMs, isProxied);
    // Who wants a certificate that only the scenario has is there.
    if (cause === 'clientCertificate' && mayWantCertificate) return;
    throw new UserError(
      'E_TARGET_UNREACHABLE',
      `no HTTP answer from ${target} (${words}); ${advice}${advice.endsWith('?') ? '' : '.'}${isProxied ? '' : ipv6Hint(target, words)}`,
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
