import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

/** What the server itself measured since the last request for its log. */
export interface ServerLog {
  readonly orders: number;
  /** Epoch ms at which the first order arrived, or null. */
  readonly firstOrderMs: number | null;
  /** Time in ms from an order's arrival to the end of its response, by the server's own clock. */
  readonly serviceMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

const ANSWER = '"Order created successfully"';

const { values } = parseArgs({
  options: {
    'answer-ms': { type: 'string', default: '0' },
    'handler-headers': { type: 'boolean', default: false },
    /** `2000/10000`: responses due in the last 2 s of every 10 s wait for the end of the period. */
    freeze: { type: 'string' },
  },
});
const answerMs = Number(values['answer-ms']);
const headers = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(ANSWER),
  ...(values['handler-headers']
    ? { 'x-order-result': 'created', 'server-timing': 'handler;dur=1.25' }
    : {}),
};
const [lastMs = 0, everyMs = 1] = (values.freeze ?? '').split('/').filter(Boolean).map(Number);
let freezesFromMs: number | null = null;
let serviceTimes: number[] = [];
let firstOrderMs: number | null = null;

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  const startMs = performance.now();
  firstOrderMs ??= performance.timeOrigin + startMs;
  const answer = (): void => {
    response.writeHead(200, headers).end(ANSWER);
    serviceTimes.push(performance.now() - startMs);
  };
  freezesFromMs ??= startMs;
  const waitMs = answerMs + frozenMs(startMs + answerMs - freezesFromMs);
  request.resume().once('end', waitMs === 0 ? answer : () => setTimeout(answer, waitMs));
});

server.listen(0, '127.0.0.1', () => {
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('message', () => {
  process.send?.(takeLog());
});
process.on('disconnect', () => process.exit());

/** Extra time in ms that a response waits which would otherwise be sent this long after the first order. */
function frozenMs(sinceFirstMs: number): number {
  const intoPeriodMs = sinceFirstMs % everyMs;
  return intoPeriodMs < everyMs - lastMs ? 0 : everyMs - intoPeriodMs;
}

function takeLog(): ServerLog {
  const sorted = Float64Array.from(serviceTimes).sort();
  const quantile = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
  const log = {
    orders: sorted.length,
    firstOrderMs,
    serviceMs:
      sorted.length === 0 ? null : { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
  };
  serviceTimes = [];
  firstOrderMs = null;
  return log;
}
