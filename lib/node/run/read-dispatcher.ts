import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { preferIPv4 } from './prefer-ipv4.ts';
import { proxyFor } from './proxy-for.ts';

/** Sends this process's reads of a target where k6 sends its orders: by the same proxy, or to the address it prefers. */
export function readDispatcher(
  target: string,
  env: Readonly<Record<string, string | undefined>>,
): Dispatcher {
  const proxy = proxyFor(target, env);
  if (proxy === null) return new Agent({ connect: { lookup: preferIPv4() } });
  // Go tunnels https alone; many proxies refuse a tunnel to port 80.
  return new ProxyAgent({ uri: proxy, proxyTunnel: false });
}
