import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Delay {
  readonly url: string;
  readonly set: (ms: number) => void;
}

/** Hands every request on to `target` after a delay that may change, until the running test ends. */
export async function startDelay(target: string, ms: number): Promise<Delay> {
  let delayMs = ms;
  const server = createServer((incoming, response) => {
    const { method = 'GET', headers, url = '/' } = incoming;
    setTimeout(() => {
      const onward = request(`${target}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      incoming.pipe(onward);
    }, delayMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    set: (changed) => {
      delayMs = changed;
    },
  };
}
