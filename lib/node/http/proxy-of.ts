import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../../core/config/check-host.ts';
import type { Env } from '../../core/config/env.ts';

/**
 * The proxy that k6, which uses Go's HTTP client, uses for a URL according to HTTP_PROXY, HTTPS_PROXY and NO_PROXY (or
 * their lower-case names); null if it connects to the target directly, as it always does for loopback.
 *
 * Source: https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function proxyOf(url: string, env: Env): URL | null {
  const { protocol, hostname, port } = new URL(url);
  const isTls = protocol === 'https:';
  const proxy = parseProxy(variable(env, isTls ? 'HTTPS_PROXY' : 'HTTP_PROXY'));
  if (proxy === null || isLoopback(hostname)) return null;
  const at = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (isTls ? '443' : '80'),
  };
  const entries = variable(env, 'NO_PROXY')
    .split(',')
    .map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => covers(entry, at)) ? null : proxy;
}

interface Address {
  readonly host: string;
  readonly port: string;
}

function variable(env: Env, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}

/** Go treats `proxy:3128` as `http://proxy:3128`. */
function parseProxy(text: string): URL | null {
  if (text === '') return null;
  for (const candidate of [text, `http://${text}`]) {
    const url = URL.canParse(candidate) ? new URL(candidate) : null;
    if (url !== null && url.host !== '') return url;
  }
  return null;
}

/** Whether an entry of NO_PROXY matches an address: `*`, a network, an address or a domain, perhaps with a port. */
function covers(entry: string, { host, port }: Address): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const network = /^([0-9a-f:.]+)\/(\d{1,3})$/.exec(entry);
  if (network !== null) return isInNetwork(host, network[1] as string, Number(network[2]));
  const [, bracketed, plain, portOfEntry] = /^(?:\[([^\]]*)\]|([^:]*)):(\d*)$/.exec(entry) ?? [];
  const name = bracketed ?? plain ?? entry;
  if (name === '' || (portOfEntry && portOfEntry !== port)) return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && isInNetwork(host, name, bitsOf(name));
  if (isIP(host) !== 0) return false;
  const domain = name.replace(/^\*\./, '.');
  return domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
}

function bitsOf(address: string): number {
  return isIP(address) === 6 ? 128 : 32;
}

function isInNetwork(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) === 0 || bits > bitsOf(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family === 6 ? 'ipv6' : 'ipv4');
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
