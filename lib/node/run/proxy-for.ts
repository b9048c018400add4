import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../../core/config/check-host.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that k6, whose HTTP is Go's, asks for a URL; null where it asks none. As Go has it, names in capitals come
 * first, https has a proxy of its own only, loopback has none, and NO_PROXY holds names with all below them,
 * `.name` for those below alone, addresses, networks, each with a port or without, and `*`.
 */
export function proxyFor(url: string, env: Environment): string | null {
  const { hostname, protocol, port } = new URL(url);
  const isTls = protocol === 'https:';
  const proxy = variable(env, isTls ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '' || isLoopback(hostname)) return null;
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const target = { host, port: port || (isTls ? '443' : '80') };
  const exceptions = variable(env, 'NO_PROXY').toLowerCase().split(',');
  if (exceptions.some((entry) => isExcepted(entry.trim(), target))) return null;
  return isUrl(proxy) ? proxy : `http://${proxy}`;
}

function variable(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

function isExcepted(
  entry: string,
  { host, port }: { readonly host: string; readonly port: string },
): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(host, entry);
  const [, bracketed, plain, entryPort] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  const name = bracketed ?? plain ?? entry;
  if (name === '' || (entryPort !== undefined && entryPort !== port)) return false;
  if (isIP(name) !== 0) return isInNetwork(host, `${name}/${isIP(name) === 4 ? 32 : 128}`);
  const below = name.replace(/^\*(?=\.)/, '');
  return below.startsWith('.')
    ? host.endsWith(below)
    : host === below || host.endsWith(`.${below}`);
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', prefix] = network.split('/');
  const [family, hostFamily] = [isIP(address), isIP(host)];
  if (family === 0 || family !== hostFamily) return false;
  const list = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  try {
    list.addSubnet(address, Number(prefix), kind);
  } catch {
    return false;
  }
  return list.check(host, kind);
}
