import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAll } from '../../lib/core/histogram/add.ts';
import { countOf } from '../../lib/core/histogram/count.ts';
import { quantile } from '../../lib/core/histogram/quantile.ts';
import type { RunnerTelemetry, Tally } from '../../lib/core/telemetry/tally.ts';
import { k6TelemetryArgs } from '../../lib/node/telemetry/k6-telemetry-args.ts';
import { type Receiver, startReceiver } from '../../lib/node/telemetry/receiver.ts';

const K6 = process.env['K6_BIN'] as string;

const SCRIPT = `
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Gauge, Trend } from 'k6/metrics';

const started = new Counter('orders_started');
const latency = new Trend('order_latency_pow8');
const scenarioStart = new Gauge('order_scenario_start_ms');
const arrivals = (rate, seconds, startTime) => ({
  executor: 'constant-arrival-rate', rate, timeUnit: '1s', duration: seconds + 's', startTime,
  preAllocatedVUs: 60, gracefulStop: '3s',
});

export const options = {
  discardResponseBodies: true,
  scenarios: { warmup: arrivals(40, 1, '0s'), burst: arrivals(200, Number(__ENV.SECONDS), '1s') },
};

export default function () {
  const tags = { step: exec.scenario.iterationInTest % 2 ? 'odd' : 'even' };
  started.add(1, tags);
  scenarioStart.add(exec.scenario.startTime);
  const answer = http.post(__ENV.BASE_URL + '/' + exec.scenario.name + '/' + tags.step, '{}');
  tags.outcome = answer.status === 200 ? 'created' : 'serverError';
  latency.add(answer.timings.duration ** 8, tags);
}
`;

/** A server that counts what it is asked, answers after 20 ms, every tenth time with 500. */
interface CountingServer {
  readonly url: string;
  readonly asked: Map<string, number>;
  readonly server: Server;
}

async function startCountingServer(): Promise<CountingServer> {
  const asked = new Map<string, number>();
  let total = 0;
  const server = createServer((request, response) => {
    const count = (key: string) => asked.set(key, (asked.get(key) ?? 0) + 1);
    const [, scenario = '', step = ''] = (request.url ?? '').split('/');
    total += 1;
    const status = total % 10 === 0 ? 500 : 200;
    count(scenario);
    count(`${scenario} ${step}`);
    request.resume();
    setTimeout(() => {
      response.writeHead(status).end();
      count(`${scenario} ${status}`);
    }, 20);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

async function pollUntil(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const counts = (tally: Tally | undefined) =>
  Object.fromEntries(
    Object.entries(tally?.latencyByOutcome ?? {}).map(([outcome, h]) => [outcome, countOf(h)]),
  );
const resolved = (tally: Tally | undefined) =>
  Object.values(counts(tally)).reduce((sum, count) => sum + count, 0);

describe('telemetry of a real k6', () => {
  let api: CountingServer;
  let receiver: Receiver;
  let folder: string;

  beforeEach(async () => {
    api = await startCountingServer();
    receiver = await startReceiver({ windowMs: 1000, expectRun: 'r1' });
    folder = await mkdtemp(join(tmpdir(), 'telemetry-k6-'));
    await writeFile(join(folder, 'script.js'), SCRIPT);
  });

  afterEach(async () => {
    await receiver.close();
    api.server.closeAllConnections();
    api.server.close();
    await rm(folder, { recursive: true });
  });

  async function runK6(
    seconds: number,
    runners: number,
    whileRunning?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>,
  ): Promise<readonly RunnerTelemetry[]> {
    const children = Array.from({ length: runners }, (_, position) => {
      const telemetry = k6TelemetryArgs({
        url: receiver.url,
        run: 'r1',
        runner: `${position + 1}`,
      });
      const segment = [
        ...['--execution-segment', `${position}/${runners}:${position + 1}/${runners}`],
        ...['--execution-segment-sequence', runners === 1 ? '0,1' : '0,1/2,1'],
      ];
      return spawn(
        K6,
        ['run', '--quiet', '--no-color', ...telemetry.args, ...segment, 'script.js'],
        {
          cwd: folder,
          stdio: 'ignore',
          env: {
            HOME: folder,
            PATH: '',
            BASE_URL: api.url,
            SECONDS: `${seconds}`,
            K6_INCLUDE_SYSTEM_ENV_VARS: 'true',
            ...telemetry.env,
          },
        },
      );
    });
    const exits = children.map((child) => once(child, 'exit'));
    await whileRunning?.((signal) => {
      for (const child of children) child.kill(signal);
    });
    await Promise.all(exits);
    await receiver.drain();
    return receiver.runners();
  }

  function expectExact(runner: RunnerTelemetry | undefined): void {
    for (const step of ['even', 'odd']) {
      expect(runner?.steps[step]?.started).toBe(api.asked.get(`burst ${step}`));
    }
    expectConsistent(runner);
  }

  function expectConsistent(runner: RunnerTelemetry | undefined): void {
    expect(runner?.faults).toEqual([]);
    expect(runner?.warmup.started).toBe(api.asked.get('warmup'));
    const windows = runner?.windows ?? [];
    const started = windows.reduce((sum, window) => sum + window.started, 0);
    expect(started).toBe(
      (runner?.steps['even']?.started ?? 0) + (runner?.steps['odd']?.started ?? 0),
    );
    expect(windows.reduce((sum, window) => sum + resolved(window), 0)).toBe(
      resolved(runner?.steps['even']) + resolved(runner?.steps['odd']),
    );
  }

  it('equals what the server was asked, to the request', async () => {
    const [runner] = await runK6(4, 1);
    expectExact(runner);
    expect(runner?.ended).toBe(true);
    const steps = Object.values(runner?.steps ?? {});
    const total = (outcome: string) =>
      steps.reduce((sum, step) => sum + (counts(step)[outcome] ?? 0), 0);
    expect(total('created')).toBe(api.asked.get('burst 200'));
    expect(total('serverError')).toBe(api.asked.get('burst 500'));
    expect(runner?.windows.length).toBeGreaterThanOrEqual(4);
    expect(runner?.windows.length).toBeLessThanOrEqual(6);
    expect(runner?.windows[1]?.vus).toBeGreaterThan(0);
    expect(Math.abs(runner?.windows[0]?.startOffsetMs ?? Number.NaN)).toBeLessThanOrEqual(1500);
    const latency = addAll(steps.flatMap((step) => Object.values(step.latencyByOutcome)));
    expect(quantile(latency, 0)).toBeGreaterThan(19);
    const live = receiver.live();
    expect(live.started).toBe(api.asked.get('burst'));
    expect(live.outcomes.created).toBe(api.asked.get('burst 200'));
  });

  it('misses no request when k6 is interrupted', async () => {
    const [runner] = await runK6(60, 1, async (kill) => {
      await pollUntil(() => receiver.live().started >= 300);
      kill('SIGINT');
    });
    expectConsistent(runner);
    // At 200/s the interrupt may catch an iteration between its count and its request: started, never sent.
    const neverSent =
      (runner?.windows ?? []).reduce((sum, window) => sum + window.started, 0) -
      (api.asked.get('burst') ?? 0);
    expect(neverSent).toBeGreaterThanOrEqual(0);
    expect(neverSent).toBeLessThanOrEqual(2);
    expect(runner?.ended).toBe(true);
    expect(resolved(runner?.steps['even'])).toBeLessThanOrEqual(
      runner?.steps['even']?.started ?? 0,
    );
  });

  it('sees that the end is missing when k6 is killed', async () => {
    const [runner] = await runK6(60, 1, async (kill) => {
      await pollUntil(() => receiver.live().started >= 300);
      kill('SIGKILL');
    });
    expect(runner?.ended).toBe(false);
  });

  it('tells two runners apart', async () => {
    const runners = await runK6(3, 2);
    expect(runners.map(({ runner, ended, faults }) => ({ runner, ended, faults }))).toEqual([
      { runner: '1', ended: true, faults: [] },
      { runner: '2', ended: true, faults: [] },
    ]);
    const started = runners.flatMap(({ steps }) => Object.values(steps).map((s) => s.started));
    expect(started.reduce((sum, count) => sum + count, 0)).toBe(api.asked.get('burst'));
    expect(receiver.live().started).toBe(api.asked.get('burst'));
  });
});
