import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STEADY } from '../lib/questions/steady/profile.ts';
import type { ServerLog } from './order-server.ts';
import type { OrderServer } from './start-order-server.ts';
import type { SuiteResult, SuiteTask } from './suite-child.ts';
import { runCpuSeconds, timedK6 } from './timed-k6.ts';

export interface LoadSetup {
  readonly k6Binary: string;
  readonly server: OrderServer;
  /** Scratch folder. */
  readonly dir: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** VUs of the bare script that are created before the load; null for as many as Little's law requires. */
  readonly bareVus: number | null;
  /** Additional variables of the suite's process, for experiments. */
  readonly suiteEnv: Readonly<Record<string, string>>;
  /** Whether k6's CPU time is measured exactly, for which a shell starts k6; its memory cannot be sampled then. */
  readonly timed?: boolean;
  /** File of recorded times that the suite replays, instead of rate and seconds. */
  readonly arrivals?: string;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface SideResult {
  /** User + system seconds of k6. */
  readonly k6CpuSeconds: number;
  /** CPU seconds of the suite's own process while k6 ran; 0 for the bare script. */
  readonly wrapperCpuSeconds: number;
  readonly server: ServerLog;
  /** In ms; those of the suite are from its report. */
  readonly measured: Percentiles | null;
  /** k6's exact percentiles in ms, if the suite was told to record them. */
  readonly exact: Percentiles | null;
  /** The part of the suite's report about its generator; null for the bare script. */
  readonly generator: Omit<SuiteResult, 'orders' | 'wrapperCpuSeconds' | 'latencyMs'> | null;
}

const BARE_SCRIPT = fileURLToPath(new URL('./bare-order.js', import.meta.url));

/** This process's environment without variables that would change either side. */
export function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined && !/^(k6_|load_|go(gc|maxprocs|memlimit|debug)$)/i.test(name),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The flags that give the suite the load of the setup. */
export function suiteFlags(setup: LoadSetup): string[] {
  const { server, ratePerSecond, seconds, arrivals } = setup;
  if (arrivals !== undefined) return ['--target', server.url, '--arrivals', arrivals];
  return [
    '--target',
    server.url,
    '--rate',
    String(ratePerSecond),
    '--duration',
    `${seconds}s`,
    '--warmup',
    '0s',
  ];
}

/** Runs the bare script with the suite's rate and duration. */
export async function runBare(setup: LoadSetup, summary: boolean): Promise<SideResult> {
  const { preAllocated, most } = bareVusOf(setup);
  const k6 = await timedK6(setup.k6Binary, setup.dir);
  const summaryPath = join(setup.dir, 'bare-summary.json');
  const exported = ['--summary-export', summaryPath, '--summary-trend-stats', 'p(50),p(95),p(99)'];
  await setup.server.takeLog();
  const child = spawn(
    k6.path,
    ['run', '--quiet', '--no-usage-report', ...(summary ? exported : []), BARE_SCRIPT],
    {
      env: {
        ...cleanEnvironment(),
        BARE_TARGET: setup.server.url,
        BARE_RATE: String(setup.ratePerSecond),
        BARE_DURATION: `${setup.seconds}s`,
        BARE_PREALLOCATED_VUS: String(preAllocated),
        BARE_MAX_VUS: String(most),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`the bare script ended with ${exitCode}`);
  return {
    k6CpuSeconds: runCpuSeconds(await k6.readCalls()),
    wrapperCpuSeconds: 0,
    server: await setup.server.takeLog(),
    measured: summary ? await readBareSummary(summaryPath) : null,
    exact: null,
    generator: null,
  };
}

/** A few more VUs than Little's law requires, so that rounding does not drop an order. */
const SPARE_VUS = 5;

/** Enough VUs for orders that just meet the SLO of `steady`; and at most enough for orders that all time out. */
function bareVusOf({ bareVus, ratePerSecond }: LoadSetup): { preAllocated: number; most: number } {
  const { slo, requestTimeoutMs } = STEADY;
  const within = (ms: number) => Math.ceil((ratePerSecond * ms) / 1000) + SPARE_VUS;
  return { preAllocated: bareVus ?? within(slo.p95Ms), most: within(requestTimeoutMs) };
}

/** Runs the suite's `steady` in its own process. */
export async function runSuite(setup: LoadSetup, exact: boolean): Promise<SideResult> {
  const { timed = true } = setup;
  const k6 = timed ? await timedK6(setup.k6Binary, setup.dir) : null;
  const k6Path = k6?.path ?? setup.k6Binary;
  const task: SuiteTask = {
    flags: suiteFlags(setup),
    k6Path,
    dir: join(setup.dir, 'suite'),
    exact,
  };
  await setup.server.takeLog();
  const child = fork(
    fileURLToPath(new URL('./suite-child.ts', import.meta.url)),
    [JSON.stringify(task)],
    {
      execArgv: ['--no-memory-reducer', '--import', 'tsx'],
      env: { ...cleanEnvironment(), ...setup.suiteEnv },
    },
  );
  const result = await new Promise<SuiteResult>((resolve, reject) => {
    child.once('message', (message) => resolve(message as SuiteResult));
    child.once('exit', (code) => reject(new Error(`the suite's process ended with ${code}`)));
  });
  const server = await setup.server.takeLog();
  // A busy machine may cause drops on either side; the CPU per sent order is still valid.
  if (result.invalid.length > 0) console.log(`  INVALID: ${result.invalid[0]}`);
  if (result.orders !== server.orders) {
    throw new Error(`the report has ${result.orders} orders, the server ${server.orders}`);
  }
  return {
    k6CpuSeconds: k6 === null ? Number.NaN : runCpuSeconds(await k6.readCalls()),
    wrapperCpuSeconds: result.wrapperCpuSeconds,
    server,
    measured: percentilesOf(result.latencyMs),
    exact: percentilesOf(result.latencyMs.exact),
    generator: result,
  };
}

async function readBareSummary(path: string): Promise<Percentiles | null> {
  const { metrics } = JSON.parse(await readFile(path, 'utf8')) as {
    metrics: Record<string, Record<string, number>>;
  };
  const stats = metrics['http_req_duration'] ?? {};
  return percentilesOf({ p50: stats['p(50)'], p95: stats['p(95)'], p99: stats['p(99)'] });
}

function percentilesOf(
  stats: { readonly [K in keyof Percentiles]?: number | null | undefined } | undefined,
): Percentiles | null {
  const { p50, p95, p99 } = stats ?? {};
  if (typeof p50 !== 'number' || typeof p95 !== 'number' || typeof p99 !== 'number') return null;
  return { p50, p95, p99 };
}
