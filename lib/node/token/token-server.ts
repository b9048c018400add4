import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TokenSource } from './token-source.ts';

export interface TokenServer {
  /** URL of the current token for k6; anyone who knows it can get the token. */
  readonly url: string;
  /** The part of the URL that cannot be guessed. */
  readonly secret: string;
  readonly close: () => Promise<void>;
}

/**
 * Passes a run's token to its k6, on loopback, at a path that cannot be guessed: a variable of k6's environment cannot
 * change, and an argument would be visible in the list of processes. A request reports how many orders were refused
 * since the last one: `?generation=3&refused=2&expired=1`.
 */
export async function startTokenServer(
  source: Pick<TokenSource, 'current' | 'askInMs' | 'refused'>,
): Promise<TokenServer> {
  const secret = randomBytes(24).toString('base64url');
  const server = createServer((incoming, response) => {
    incoming.resume();
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    if (!isSame(pathname.slice(1), secret)) {
      response.writeHead(404).end();
      return;
    }
    const number = (name: string) => Number(searchParams.get(name) ?? 0);
    if (number('refused') > 0) {
      source.refused(number('generation'), number('refused'), number('expired') > 0);
    }
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ ...source.current(), askInMs: source.askInMs() }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    secret,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
