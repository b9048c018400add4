import { setTimeout as delay } from 'node:timers/promises';
import { simulatePushes } from '../../core/telemetry/simulated-runner.ts';
import { encodePush } from '../../node/telemetry/encode-push.ts';

/**
 * In place of k6: pushes 70 s of a soak at 10/s at once, half of whose orders fail, then waits to be
 * interrupted, and ends as k6 does.
 */
const SECONDS = 70;
const GIVE_UP_MS = 10_000;
const EXIT_BY_SIGNAL = 105;

const orders = Array.from({ length: SECONDS * 10 }, (_, position) => ({
  startMs: position * 100,
  latencyMs: 20,
  step: 'soak',
  outcome: position % 2 === 0 ? ('created' as const) : ('serverError' as const),
}));
const run = process.argv.find((arg) => arg.startsWith('run='))?.slice('run='.length) ?? '';
const pushes = simulatePushes({ run, scenario: 'soak', orders, seconds: SECONDS });
const last = pushes.pop();

async function send(push: (typeof pushes)[number]): Promise<void> {
  const url = process.env['K6_PROMETHEUS_RW_SERVER_URL'] ?? '';
  const headers = { 'content-encoding': 'snappy', 'content-type': 'application/x-protobuf' };
  const { status } = await fetch(url, {
    method: 'POST',
    headers,
    body: Buffer.from(encodePush(push)),
  });
  if (status >= 300) throw new Error(`the receiver said ${status}`);
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
for (const push of pushes) await send(push);
await delay(GIVE_UP_MS, null, { signal: stop.signal }).catch(() => null);
if (last !== undefined) await send(last);
process.exitCode = stop.signal.aborted ? EXIT_BY_SIGNAL : 0;
