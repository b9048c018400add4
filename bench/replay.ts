import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSchedule } from '../lib/core/load/schedule.ts';
import { benchK6 } from './bench-k6.ts';
import { type LoadSetup, runSuite } from './load-sides.ts';
import { startOrderServer } from './start-order-server.ts';

const USAGE = `Measures how well a recorded log is replayed: replays a log of N times twice.
Usage: node --import tsx bench/replay.ts [--orders N] [--seconds N]
  --orders N    times in the log (default 100000)
  --seconds N   its length (default 60); the rate varies between half and one and a half times the mean
Exit code 1 if the 99th percentile of start − due is above 10 ms, or an order is missing.`;

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '60' },
    help: { type: 'boolean', default: false },
  },
});

const MAX_LATE_P99_MS = 10;
const STRETCHES = 12;

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'replay-'));
  const server = await startOrderServer({ answerMs: 0, handlerHeaders: false });
  try {
    const log = join(dir, 'log.txt');
    const timesMs = recordedTimes();
    await writeFile(log, timesMs.join('\n'));
    const setup: LoadSetup = {
      k6Binary: await benchK6(),
      server,
      dir,
      ratePerSecond: 0,
      seconds: 0,
      suiteEnv: {},
      bareVus: null,
      timed: false,
      arrivals: log,
    };
    for (const run of ['first', 'second']) {
      const { generator, server: serverLog } = await runSuite(setup, false);
      const p99Ms = generator?.latenessMs?.p99 ?? Number.NaN;
      const isRight = serverLog.orders === timesMs.length && p99Ms <= MAX_LATE_P99_MS;
      console.log(
        `${isRight ? 'right' : 'WRONG'}  ${run} replay: ${serverLog.orders} of ${timesMs.length} orders, late p50 ${generator?.latenessMs?.p50?.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, at most ${generator?.latenessMs?.max?.toFixed(1)} ms`,
      );
      if (!isRight) process.exitCode = 1;
    }
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Epoch ms of random arrivals with a rate that goes up and down. */
function recordedTimes(): number[] {
  const mean = Number(values.orders) / Number(values.seconds);
  const { due, next } = createSchedule({
    stages: Array.from({ length: STRETCHES }, (_, i) => ({
      name: `${i}`,
      durationSeconds: Number(values.seconds) / STRETCHES,
      fromRate: mean * (i % 2 === 0 ? 0.5 : 1.5),
      toRate: mean * (i % 2 === 0 ? 1.5 : 0.5),
    })),
    arrivals: { kind: 'poisson' },
    seed: 1,
  });
  const times: number[] = [];
  while (next()) times.push(Date.UTC(2026, 0, 1) + due.dueMs);
  return times;
}
