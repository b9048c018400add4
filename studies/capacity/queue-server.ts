import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An order API of a known capacity: `servers` orders at once, each taking `serviceMs`. */
export interface QueueServerPlan {
  readonly servers: number;
  readonly serviceMs: number;
  /** What happens to an order when all servers are busy: it waits for its turn, or its handler fails. */
  readonly whenBusy: 'wait' | 'fail';
}

/** What the server really did so far. */
export interface QueueServerTruth {
  readonly served: number;
  readonly failed: number;
  /** Mean time in ms for which a server was busy with one order. */
  readonly meanServiceMs: number;
}

const plan = JSON.parse(process.argv[2] ?? '') as QueueServerPlan;
const waiting: ServerResponse[] = [];
let busy = 0;
let served = 0;
let failed = 0;
let busyMs = 0;

function serve(response: ServerResponse): void {
  busy += 1;
  const startedMs = performance.now();
  setTimeout(() => {
    busyMs += performance.now() - startedMs;
    busy -= 1;
    served += 1;
    response.writeHead(200, { 'x-order-result': 'created' }).end('"Order created successfully"');
    const next = waiting.shift();
    if (next !== undefined) serve(next);
  }, plan.serviceMs);
}

const server = createServer((request, response) => {
  request.resume();
  if (request.method !== 'POST') {
    response.writeHead(404).end();
  } else if (busy < plan.servers) {
    serve(response);
  } else if (plan.whenBusy === 'wait') {
    waiting.push(response);
  } else {
    failed += 1;
    response.writeHead(500, { 'x-order-result': 'failed' }).end('"Internal Server Error"');
  }
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => {
  const meanServiceMs = busyMs / served;
  process.send?.({ served, failed, meanServiceMs } satisfies QueueServerTruth);
});
process.once('disconnect', () => process.exit());
