import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import { decodePush } from '../../../lib/node/telemetry/decode-push.ts';
import { createPushForwarder } from '../../../lib/node/telemetry/push-forwarder.ts';
import { startReceiver } from '../../../lib/node/telemetry/receiver.ts';
import { simulatePushes } from '../../core/telemetry/simulated-runner.ts';
import { encodePush } from './encode-push.ts';

const orders = Array.from({ length: 30 }, (_, position) => ({
  startMs: position * 100,
  latencyMs: 20,
  step: 'base',
  outcome: 'created' as const,
}));
const pushes = simulatePushes({ orders, seconds: 3 });
const bodies = pushes.map((push) => Buffer.from(encodePush(push)));
const PUSH_HEADERS = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
};

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A Prometheus in small: keeps what it gets, and answers as it is told. */
async function startPrometheus(answer: (response: ServerResponse, position: number) => void) {
  const got: Got[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks) });
      answer(response, got.length - 1);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { got, url: `http://127.0.0.1:${port}/api/v1/write` };
}

const accept = (response: ServerResponse) => void response.writeHead(204).end();

it('gives another server what the receiver got, in order, with the headers of a push', async () => {
  const { got, url } = await startPrometheus(accept);
  const forwarder = createPushForwarder({ url, headers: { authorization: 'Bearer t0ken' } });
  const { forward } = forwarder;
  const receiver = await startReceiver({ windowMs: 1000, expectRun: 'r', token: 'own', forward });
  const headers = { ...PUSH_HEADERS, authorization: 'Bearer own' };
  for (const body of bodies) await fetch(receiver.url, { method: 'POST', body, headers });
  await fetch(receiver.url, { method: 'POST', body: bodies[0] ?? '', headers: PUSH_HEADERS });
  const stats = await forwarder.finish(10_000);
  await receiver.close();
  expect(stats).toEqual({ forwarded: bodies.length, failed: 0, lastFailure: null });
  const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
  for (const { body } of got) accumulator.apply(decodePush(body));
  expect(accumulator.runners()).toEqual(receiver.runners());
  expect(got.map(({ body }) => body)).toEqual(bodies);
  expect(got[0]?.headers).toMatchObject({ ...PUSH_HEADERS, authorization: 'Bearer t0ken' });
});

it('tries again when the server is busy, and keeps the order', async () => {
  const { got, url } = await startPrometheus((response, position) => {
    response.writeHead(position < 2 ? 503 : 204).end();
  });
  const { forward, finish } = createPushForwarder({ url, headers: {} });
  for (const body of bodies) forward(body, PUSH_HEADERS);
  expect(await finish(10_000)).toMatchObject({ forwarded: bodies.length, failed: 0 });
  expect(got.slice(2).map(({ body }) => body)).toEqual(bodies);
});

it('counts what is refused, follows no redirect and goes on', async () => {
  const { got, url } = await startPrometheus((response, position) => {
    if (position === 0) response.writeHead(400).end('secret'.repeat(1000));
    else if (position === 1) response.writeHead(307, { location: '/elsewhere' }).end();
    else accept(response);
  });
  const { forward, finish } = createPushForwarder({ url, headers: {} });
  for (const body of bodies) forward(body, PUSH_HEADERS);
  expect(await finish(10_000)).toEqual({
    forwarded: bodies.length - 2,
    failed: 2,
    lastFailure: 'status 307',
  });
  expect(got.length).toBe(bodies.length);
});

it('gives up on a server that hangs, and on one that is not there', async () => {
  const hanging = await startPrometheus(() => undefined);
  for (const url of [hanging.url, 'http://127.0.0.1:1/api/v1/write']) {
    const { forward, finish } = createPushForwarder({ url, headers: {} });
    for (const body of bodies) forward(body, PUSH_HEADERS);
    if (url === hanging.url) await vi.waitFor(() => expect(hanging.got.length).toBe(1));
    expect(await finish(50)).toMatchObject({
      forwarded: 0,
      failed: bodies.length,
      lastFailure: 'it did not respond in time',
    });
  }
});

it('lets the oldest go when too many wait, since the newest hold their counts', async () => {
  let first: ServerResponse | undefined;
  const { got, url } = await startPrometheus((response, position) => {
    if (position === 0) first = response;
    else accept(response);
  });
  const { forward, finish } = createPushForwarder({ url, headers: {} });
  for (let count = 0; count < 1000; count++) forward(Buffer.from(String(count)), PUSH_HEADERS);
  await vi.waitFor(() => expect(got.length).toBe(1));
  if (first !== undefined) accept(first);
  expect(await finish(10_000)).toMatchObject({ forwarded: 901, failed: 99 });
  expect([got[1], got.at(-1)].map((push) => push?.body.toString())).toEqual(['100', '999']);
});
