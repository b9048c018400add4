import { EnvHttpProxyAgent, request } from 'undici';
import { isLoopback } from '../../core/config/check-host.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether k6, whose HTTP is Go's, would ask a proxy of the environment for a URL; NO_PROXY is not read here. */
export function goesThroughProxy(url: string, env: Environment): boolean {
  const { hostname, protocol } = new URL(url);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  return !isLoopback(hostname) && proxyOf(env, name) !== '';
}

/** One GET as k6 would send it by the proxies of the environment. Redirects are not followed. */
export async function requestThroughProxy(
  url: string,
  env: Environment,
  timeoutMs: number,
): Promise<void> {
  const agent = new EnvHttpProxyAgent({
    httpProxy: proxyOf(env, 'HTTP_PROXY'),
    httpsProxy: proxyOf(env, 'HTTPS_PROXY'),
    noProxy: proxyOf(env, 'NO_PROXY'),
    // Go tunnels https alone; many proxies refuse a tunnel to port 80.
    proxyTunnel: false,
  });
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const { body } = await request(url, { dispatcher: agent, signal });
    body.on('error', () => undefined).destroy();
  } finally {
    await agent.destroy();
  }
}

function proxyOf(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}
