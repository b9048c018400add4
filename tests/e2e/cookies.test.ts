import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startLoad } from './support/start-load.ts';

const ORDERS = 40;

it("never keeps a balancer's cookie, which would send the whole load to one backend", async ({
  onTestFinished,
}) => {
  const cookies: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'POST') cookies.push(request.headers.cookie);
    request.resume();
    response.setHeader('set-cookie', ['AWSALB=backend-1; Path=/', 'session=1; Path=/orders']);
    response.end('"Order created successfully"');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const load = startLoad(`steady --rate 20 --duration 2s --target http://127.0.0.1:${port}`);
  onTestFinished(load.dispose);
  const { stdout } = await load.done;
  expect(stdout).toMatch(/^✓ PASS /);
  expect(cookies).toHaveLength(ORDERS);
  // At most what was in flight when the first answer came.
  expect(cookies.filter((cookie) => cookie !== undefined).length).toBeLessThan(5);
});
