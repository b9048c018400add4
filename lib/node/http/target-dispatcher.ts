import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { Env } from '../../core/config/env.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { preferIPv4 } from './prefer-ipv4.ts';
import { proxyOf } from './proxy-of.ts';

/** How this machine connects to a target. */
export interface TargetAccess {
  /** The environment, which names the proxies. */
  readonly env: Env;
  /** Certificates of the trusted authorities, as PEM; null for Node's own. */
  readonly trusted: readonly string[] | null;
  /** Client certificate as PEM, or null. */
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
}

/** Options for a direct connection of Node to a target. */
interface TargetConnection {
  readonly lookup: LookupFunction;
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
}

/** The options for a connection of this process to a target without a proxy. */
export function targetConnection({
  trusted,
  clientCertificate,
}: Omit<TargetAccess, 'env'>): TargetConnection {
  return {
    lookup: preferIPv4(),
    ...(trusted && { ca: [...trusted] }),
    ...(clientCertificate && { cert: clientCertificate.cert, key: clientCertificate.key }),
  };
}

const PROXY_PROTOCOLS = ['http:', 'https:', 'socks5:', 'socks5h:'];

/**
 * The undici dispatcher for requests of this process to a URL's origin. They then use the same proxy, address and
 * certificates as k6's. Close it after use.
 *
 * @throws UserError E_PROXY (exit 2) for a kind of proxy that k6 does not support.
 */
export function targetDispatcher(
  url: string,
  access: TargetAccess,
  { connections }: { readonly connections?: number } = {},
): Dispatcher {
  const most = connections === undefined ? {} : { connections };
  const proxy = proxyOf(url, access.env);
  const { lookup, ...tls } = targetConnection(access);
  if (proxy === null) return new Agent({ ...most, connect: { lookup, ...tls } });
  if (!PROXY_PROTOCOLS.includes(proxy.protocol)) {
    throw new UserError(
      'E_PROXY',
      `the environment names a proxy of kind ${proxy.protocol.slice(0, -1)}, which k6 does not support; expected http, https or socks5`,
    );
  }
  return new ProxyAgent({
    ...most,
    uri: `${proxy.protocol.replace('socks5h', 'socks5')}//${proxy.host}`,
    ...credentialsOf(proxy),
    // Go tunnels only https; many proxies refuse a tunnel to port 80.
    proxyTunnel: false,
    requestTls: tls,
    proxyTls: tls.ca === undefined ? {} : { ca: tls.ca },
  });
}

/** Like Go, sends a user name even without a password. */
function credentialsOf({ protocol, username, password }: URL) {
  if (username === '') return {};
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  if (protocol.startsWith('socks')) return { username: user, password: secret };
  return { token: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
}
