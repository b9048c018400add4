import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import {
  type Receiver,
  type ReceiverOptions,
  startReceiver,
} from '../../../lib/node/telemetry/receiver.ts';
import { simulatePushes } from '../../core/telemetry/simulated-runner.ts';
import { encodePush } from './encode-push.ts';

const orders = Array.from({ length: 30 }, (_, position) => ({
  startMs: position * 100,
  latencyMs: 20,
  step: 'base',
  outcome: 'created' as const,
}));
const pushes = simulatePushes({ orders, seconds: 3 });

let receiver: Receiver | undefined;

afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

async function start(options: Partial<ReceiverOptions> = {}): Promise<Receiver> {
  receiver = await startReceiver({ windowMs: 1000, expectRun: 'r', ...options });
  return receiver;
}

function post(to: Receiver, body: Uint8Array, headers: Record<string, string> = {}) {
  return fetch(to.url, { method: 'POST', body: Buffer.from(body), headers });
}

describe('startReceiver', () => {
  it('counts what is pushed as the accumulator does', async () => {
    const to = await start();
    for (const push of pushes) expect((await post(to, encodePush(push))).status).toBe(204);
    await to.drain();
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    for (const push of pushes) accumulator.apply(push);
    expect(to.runners()).toEqual(accumulator.runners());
    expect(to.runners()[0]?.steps['base']?.started).toBe(30);
    expect(to.live().started).toBe(30);
    expect(to.recent().length).toBe(3);
    expect(to.stats).toMatchObject({ pushes: 4, rejected: 0 });
    expect(to.stats.bytes).toBeGreaterThan(0);
  });

  it('survives garbage, counts it and calls it a fault', async () => {
    const to = await start();
    const [first] = pushes;
    if (first !== undefined) await post(to, encodePush(first));
    expect((await post(to, Buffer.from('GET me out of here'))).status).toBe(204);
    expect((await post(to, new Uint8Array())).status).toBe(204);
    await to.drain();
    expect(to.stats.rejected).toBe(2);
    expect(to.faults()).toEqual([expect.stringMatching(/^a push could not be decoded: /)]);
    expect(to.runners()[0]?.faults).toEqual(to.faults());
    expect(to.runners()[0]?.steps['base']?.started).toBe(10);
  });

  it('ignores and counts the pushes of another run', async () => {
    const to = await start({ expectRun: 'mine' });
    for (const push of pushes) await post(to, encodePush(push));
    await to.drain();
    expect(to.runners()).toEqual([]);
    expect(to.faults()).toEqual([]);
    expect(to.stats.rejected).toBe(4);
  });

  it('refuses a body that is too large, other paths and other methods', async () => {
    const to = await start();
    const large = await post(to, new Uint8Array(16 * 1024 * 1024 + 1)).catch(() => null);
    if (large !== null) expect(large.status).toBe(413);
    expect(to.faults()).toEqual([expect.stringMatching(/larger than 16777216 bytes/)]);
    expect((await fetch(to.url)).status).toBe(405);
    expect((await fetch(new URL('/', to.url), { method: 'POST' })).status).toBe(404);
    expect(to.stats).toMatchObject({ pushes: 0, rejected: 3 });
  });

  it('calls a push that is cut off a fault', async () => {
    const to = await start();
    const { port, hostname, pathname } = new URL(to.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf`, () =>
      socket.destroy(),
    );
    await expect.poll(() => to.faults()).toEqual([expect.stringMatching(/^a push was cut off/)]);
    expect(to.stats).toMatchObject({ pushes: 0, rejected: 1 });
  });

  it('listens on loopback only, unless it has a token', async () => {
    expect(new URL((await start()).url).hostname).toBe('127.0.0.1');
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow(UserError);
    await expect(start({ host: '0.0.0.0', token: '' })).rejects.toMatchObject({
      code: 'E_RECEIVER_EXPOSED',
    });
  });

  it('wants the token where it has one', async () => {
    const to = await start({ token: 'sesame' });
    const body = encodePush(pushes[0] ?? { series: [] });
    expect((await post(to, body)).status).toBe(401);
    expect((await post(to, body, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await post(to, body, { authorization: 'Bearer sesame' })).status).toBe(204);
    await to.drain();
    expect(to.live().started).toBe(10);
    expect(to.stats).toMatchObject({ pushes: 1, rejected: 2 });
  });

  it('says so when the port is taken', async () => {
    const { port } = new URL((await start()).url);
    await expect(
      startReceiver({ windowMs: 1000, expectRun: 'r', port: Number(port) }),
    ).rejects.toMatchObject({ code: 'E_RECEIVER_LISTEN', exitCode: 4 });
  });
});
