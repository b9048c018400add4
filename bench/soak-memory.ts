import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type TrendPoint, theilSen } from '../lib/core/judge/trend-line.ts';
import { benchK6 } from './bench-k6.ts';
import { cleanEnvironment } from './load-sides.ts';
import { type OrderServer, startOrderServer } from './start-order-server.ts';

const USAGE = `Measures the memory of a soak per million requests: k6 and the wrapper of \`npm run load:soak\`, and plain k6.
Linux only (resident memory from /proc).
  --minutes N        length of the suite's soak (default 10)
  --rate N           orders a second (default 2000)
  --plain-minutes N  length of plain k6, 0 to leave it out (default 3)
  --from N           millions of requests after which the fit of the suite's memory begins (default 1)
  --plain-from N     the same for plain k6, which grows from the start (default 0.2)
  --every N          seconds between samples (default 5)
k6 is $K6_BIN or what npm run provision found.`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '2000' },
    'plain-minutes': { type: 'string', default: '3' },
    from: { type: 'string', default: '1' },
    'plain-from': { type: 'string', default: '0.2' },
    every: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});

/** Resident memory in MB of the processes of one side, by name. */
interface Sample {
  readonly millions: number;
  readonly megabytes: Readonly<Record<string, number>>;
}

const MIN_POINTS = 12;
const ROOT = join(import.meta.dirname, '..');

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'soak-memory-'));
  const server = await startOrderServer({ answerMs: 0, handlerHeaders: true });
  try {
    const k6 = await benchK6();
    const plainMinutes = Number(values['plain-minutes']);
    console.log(`${values.rate}/s`);
    report('suite', await runSuite(k6, server, dir), Number(values.from));
    if (plainMinutes > 0) {
      report('plain', await runPlain(k6, server, plainMinutes), Number(values['plain-from']));
    }
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function runSuite(k6: string, server: OrderServer, dir: string): Promise<Sample[]> {
  const orders = Math.ceil(Number(values.rate) * (Number(values.minutes) * 60 + 600));
  const child = spawn(
    process.execPath,
    [
      'scripts/start.mjs',
      'run',
      'soak',
      '--target',
      server.url,
      '--no-abort',
      '--rate',
      String(values.rate),
      '--duration',
      `${Number(values.minutes) * 60}s`,
      '--max-rate',
      String(values.rate),
      '--max-requests',
      String(orders),
      '--out',
      join(dir, 'out'),
    ],
    {
      cwd: ROOT,
      env: { ...cleanEnvironment(), K6_BIN: k6 },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const samples = await watch(child, server, async (pid) => {
    const generator = await childNamed(pid, 'k6');
    return { wrapper: pid, ...(generator === null ? {} : { k6: generator }) };
  });
  console.log(output.split('\n')[0]);
  return samples;
}

function runPlain(k6: string, server: OrderServer, minutes: number): Promise<Sample[]> {
  const script = join(import.meta.dirname, 'bare-order.js');
  const child = spawn(k6, ['run', '--quiet', '--no-usage-report', script], {
    env: {
      ...cleanEnvironment(),
      BARE_TARGET: server.url,
      BARE_RATE: String(values.rate),
      BARE_DURATION: `${minutes * 60}s`,
      BARE_PREALLOCATED_VUS: '200',
      BARE_MAX_VUS: '2000',
    },
    stdio: 'ignore',
  });
  return watch(child, server, async (pid) => ({ 'plain k6': pid }));
}

/** Takes samples until the process ends; counts requests as the server saw them. */
async function watch(
  child: ChildProcess,
  server: OrderServer,
  pidsOf: (pid: number) => Promise<Readonly<Record<string, number>>>,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  let requests = 0;
  await server.takeLog();
  const ended = once(child, 'exit').then(() => true);
  const pause = () =>
    new Promise<false>((resolve) => setTimeout(() => resolve(false), Number(values.every) * 1000));
  while (!(await Promise.race([ended, pause()]))) {
    requests += (await server.takeLog()).orders;
    const megabytes: Record<string, number> = {};
    for (const [name, pid] of Object.entries(await pidsOf(child.pid as number))) {
      const rss = await residentMegabytes(pid);
      if (rss !== null) megabytes[name] = rss;
    }
    if (requests > 0) samples.push({ millions: requests / 1e6, megabytes });
  }
  return samples;
}

function report(side: string, samples: readonly Sample[], fromMillions: number): void {
  const last = samples.at(-1);
  const requests = ((last?.millions ?? 0) * 1e6).toFixed(0);
  console.log(`${side}: ${requests} requests, fitted from ${fromMillions} million on`);
  const names = new Set(samples.flatMap(({ megabytes }) => Object.keys(megabytes)));
  for (const name of names) {
    const points: TrendPoint[] = samples.flatMap(({ millions, megabytes }) => {
      const rss = megabytes[name];
      return rss === undefined || millions < fromMillions ? [] : [{ x: millions, y: rss }];
    });
    console.log(`  ${name.padEnd(9)} ${growthText(points)}`);
  }
}

function growthText(points: readonly TrendPoint[]): string {
  if (points.length < MIN_POINTS) {
    return `not determined: ${points.length} samples from there on, ${MIN_POINTS} are needed`;
  }
  const { slope, interval } = theilSen(points);
  const [low, high] = interval.map((value) => value.toFixed(1));
  const first = points[0]?.y.toFixed(0);
  return `${slope.toFixed(1)} MB per million (${low} to ${high}), ${first} → ${points.at(-1)?.y.toFixed(0)} MB, ${points.length} samples`;
}

async function residentMegabytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** Returns the newest child of a process with this name, or null. */
async function childNamed(parent: number, name: string): Promise<number | null> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  for (const pid of pids.reverse()) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const isChild = new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status);
    if (isChild && status.startsWith(`Name:\t${name}\n`)) return Number(pid);
  }
  return null;
}
