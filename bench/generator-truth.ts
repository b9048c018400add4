import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchK6 } from './bench-k6.ts';
import { type LoadSetup, runSuite, type SideResult } from './load-sides.ts';
import { startOrderServer } from './start-order-server.ts';

const USAGE = `Checks what the generator must get right, with servers of known behaviour. Exit code 1 if it gets something wrong.
Usage: node --import tsx bench/generator-truth.ts [--runs N]
  at once   2,000/s with immediate responses, N runs (default 10): every order is sent
  freeze    100/s and 2,000/s with a server that freezes for the last 2 s of every 10 s: every order is sent and
            stored, p95 and p99 within 5% of the server's own, at most 400 MB of k6 with 4,000 orders in flight
  memory    2,000/s with responses after 50 ms: at most 150 MB of k6`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});

const MAX_ERROR = 0.05;
const MAX_MEGABYTES = { calm: 150, frozen: 400 };
const FREEZE = { everyMs: 10_000, lastMs: 2000 };

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'generator-truth-'));
  const k6Binary = await benchK6();
  const setupOf = (server: LoadSetup['server'], ratePerSecond: number, seconds: number) => ({
    k6Binary,
    server,
    dir,
    ratePerSecond,
    seconds,
    suiteEnv: {},
    bareVus: null,
    timed: false,
  });
  let isRight = true;
  try {
    const quick = await startOrderServer({ answerMs: 0, handlerHeaders: false });
    for (let run = 1; run <= Number(values.runs); run += 1) {
      const side = await runSuite(setupOf(quick, 2000, 5), false);
      isRight = printResult(`at once, run ${run}`, side, side.generator?.dropped === 0) && isRight;
    }
    await quick.stop();
    const calm = await startOrderServer({ answerMs: 50, handlerHeaders: false });
    const side = await runSuite(setupOf(calm, 2000, 10), false);
    isRight = printResult('memory', side, megabytesOf(side) <= MAX_MEGABYTES.calm) && isRight;
    await calm.stop();
    for (const [ratePerSecond, seconds] of [
      [100, 30],
      [2000, 20],
    ] as const) {
      const frozen = await startOrderServer({ answerMs: 2, handlerHeaders: false, freeze: FREEZE });
      const side = await runSuite(setupOf(frozen, ratePerSecond, seconds), false);
      isRight = printResult(`freeze, ${ratePerSecond}/s`, side, isTrue(side)) && isRight;
      await frozen.stop();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  if (!isRight) process.exitCode = 1;
}

function megabytesOf({ generator }: SideResult): number {
  return (generator?.peakRssBytes ?? Number.NaN) / 1e6;
}

function isTrue(side: SideResult): boolean {
  const { generator, measured, server } = side;
  const isNear = (['p95', 'p99'] as const).every((stat) => {
    const truth = server.serviceMs?.[stat] ?? Number.NaN;
    return Math.abs((measured?.[stat] ?? Number.NaN) / truth - 1) <= MAX_ERROR;
  });
  const isWhole = generator?.dropped === 0 && generator.successRatio === 1;
  return isWhole && isNear && megabytesOf(side) <= MAX_MEGABYTES.frozen;
}

function printResult(name: string, side: SideResult, isRight: boolean): boolean {
  const { generator, measured, server } = side;
  const { dropped, peakInFlight, latenessMs } = generator ?? {};
  const renderStat = (stat: 'p95' | 'p99') =>
    `${stat} ${measured?.[stat].toFixed(1)} ms (server ${server.serviceMs?.[stat].toFixed(1)})`;
  console.log(
    `${isRight ? 'right' : 'WRONG'}  ${name}: ${server.orders} orders, ${dropped} dropped, ${renderStat('p95')}, ${renderStat('p99')}, late p99 ${latenessMs?.p99?.toFixed(1)} ms, at most ${peakInFlight} in flight, k6 ${megabytesOf(side).toFixed(0)} MB`,
  );
  return isRight;
}
