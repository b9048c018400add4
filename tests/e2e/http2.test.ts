import { mkdtemp, rm } from 'node:fs/promises';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { makeSelfSigned } from './support/self-signed.ts';
import { startLoad } from './support/start-load.ts';

/** Six orders are in flight at 20 a second. */
const ANSWER_MS = 300;
const LOAD = 'steady --rate 20 --duration 3s';
const ORDERS = 60;

interface Carried {
  readonly version: string;
  /** The client's end of the connection. */
  readonly port: number | undefined;
}

/** An https server that offers HTTP/2, and keeps how each order came. */
async function startServer({ onTestFinished }: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { key, cert, certPath } = await makeSelfSigned(folder);
  const orders: Carried[] = [];
  const sockets = new Set<Socket>();
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const { method, httpVersion: version, socket } = request;
    if (method === 'POST') orders.push({ version, port: socket.remotePort });
    request.resume();
    setTimeout(() => response.end('"Order created successfully"'), ANSWER_MS);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const env = { SSL_CERT_FILE: certPath, NODE_EXTRA_CA_CERTS: certPath };
  return { target: `https://127.0.0.1:${port}`, env, orders };
}

describe.concurrent('orders over https', () => {
  it.for([
    { flags: '', version: '2.0', least: 1, most: 1 },
    { flags: ' --clients 3', version: '2.0', least: 3, most: 3 },
    { flags: ' --http1', version: '1.1', least: 5, most: ORDERS },
  ])('go by HTTP/$version on $least to $most connections with "$flags"', async (way, context) => {
    const { target, env, orders } = await startServer(context);
    const load = startLoad(`${LOAD} --target ${target}${way.flags}`, { env });
    context.onTestFinished(load.dispose);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✓ PASS /);
    expect(exitCode).toBe(0);
    const { requests } = await load.report();
    expect(requests.outcomes.created).toBe(ORDERS);
    expect(orders).toHaveLength(ORDERS);
    expect(new Set(orders.map(({ version }) => version))).toEqual(new Set([way.version]));
    const connections = new Set(orders.map(({ port }) => port)).size;
    expect(connections).toBeGreaterThanOrEqual(way.least);
    expect(connections).toBeLessThanOrEqual(way.most);
  });
});
