import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchK6 } from './bench-k6.ts';
import { type LoadSetup, runBare, runSuite } from './load-sides.ts';
import { type OrderServer, startOrderServer } from './start-order-server.ts';

const USAGE = `Compares the highest rate at which the suite starts orders on time with that at which a bare script drops nothing.
Usage: node --import tsx bench/highest-rate.ts [options]
  --from N      lowest rate (default 3000)
  --step N      difference between the rates (default 500)
  --to N        highest rate (default 8000)
  --seconds N   length of each run (default 8)
  --tries N     runs of a side at a rate, of which one must keep up (default 2)
A side is not tried again after it failed at two rates in a row. k6 is $K6_BIN or what npm run provision found.`;

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '3000' },
    step: { type: 'string', default: '500' },
    to: { type: 'string', default: '8000' },
    seconds: { type: 'string', default: '8' },
    tries: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

/** Orders count as started on time if the 99th percentile of the lateness is at most this. */
const MAX_LATE_P99_MS = 10;
/** A side that failed at this many rates in a row will not do better at higher ones. */
const MAX_MISSES = 2;

interface Side {
  readonly name: string;
  /** Describes the result at a rate, and whether the side kept up. */
  readonly run: (setup: LoadSetup) => Promise<{ readonly keptUp: boolean; readonly text: string }>;
}

const SIDES: readonly Side[] = [
  {
    name: 'bare',
    run: async (setup) => {
      const { server } = await runBare(setup, false);
      const missing = setup.ratePerSecond * setup.seconds - server.orders;
      // k6 may leave out the last order of a constant rate, which is due at the very end.
      return { keptUp: missing <= 1, text: `${Math.max(0, missing)} dropped` };
    },
  },
  {
    name: 'suite',
    run: async (setup) => {
      const { generator } = await runSuite(setup, false);
      const p99Ms = generator?.latenessMs?.p99 ?? Number.NaN;
      const dropped = generator?.dropped ?? Number.NaN;
      return {
        keptUp: dropped === 0 && p99Ms <= MAX_LATE_P99_MS,
        text: `${dropped} dropped, late p99 ${p99Ms.toFixed(1)} ms`,
      };
    },
  },
];

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'highest-rate-'));
  const server = await startOrderServer({ answerMs: 0, handlerHeaders: false });
  try {
    await climb(await benchK6(), server, dir);
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function climb(k6Binary: string, server: OrderServer, dir: string): Promise<void> {
  const highest = new Map<string, number>();
  const misses = new Map<string, number>();
  const [from, step, to] = [values.from, values.step, values.to].map(Number) as [
    number,
    number,
    number,
  ];
  for (let ratePerSecond = from; ratePerSecond <= to; ratePerSecond += step) {
    for (const { name, run } of SIDES) {
      if ((misses.get(name) ?? 0) >= MAX_MISSES) continue;
      const setup = {
        k6Binary,
        server,
        dir,
        ratePerSecond,
        seconds: Number(values.seconds),
        suiteEnv: {},
        bareVus: null,
      };
      let keptUp = false;
      for (let attempt = 1; attempt <= Number(values.tries) && !keptUp; attempt += 1) {
        const result = await run(setup);
        keptUp = result.keptUp;
        console.log(`${ratePerSecond}/s  ${name.padEnd(5)}  ${result.text}`);
      }
      if (keptUp) highest.set(name, ratePerSecond);
      misses.set(name, keptUp ? 0 : (misses.get(name) ?? 0) + 1);
    }
  }
  const [bare = 0, suite = 0] = SIDES.map(({ name }) => highest.get(name) ?? 0);
  console.log(
    `bare drops nothing up to ${bare}/s, the suite is on time up to ${suite}/s: ratio ${bare === 0 ? 'not known' : (suite / bare).toFixed(2)}`,
  );
}
