import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { START_SCRIPT } from '../lib/app/cli/command-start.ts';
import { bundleScenarios } from '../lib/node/bundle/bundle-scenario.ts';
import { QUESTION_NAMES } from '../lib/questions/registry.ts';
import { benchK6 } from './bench-k6.ts';
import { cleanEnvironment, type LoadSetup, runBare, suiteFlags } from './load-sides.ts';
import { medianInterval } from './median-interval.ts';
import { startOrderServer } from './start-order-server.ts';
import { timedK6 } from './timed-k6.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const HELP = [START_SCRIPT, 'run', '--help'];

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '8' } } });

interface SuiteTimes {
  /** Time from the command to the first order at the server. */
  readonly firstOrderMs: number;
  /** Time from k6's end to the rename of report.json. */
  readonly reportMs: number;
  /** Time from k6's end to the end of the command. */
  readonly endMs: number;
  /** User and system time of the command's own process, from start to end. */
  readonly cpuMs: number;
}

const nowMs = (): number => performance.timeOrigin + performance.now();

async function timeHelp(program: string, args: readonly string[]): Promise<number> {
  const startMs = nowMs();
  const child = spawn(program, args, { cwd: ROOT, stdio: 'ignore' });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}`);
  return nowMs() - startMs;
}

/** Returns a module for Node's `--import` that writes the CPU time of its process into a file at the end. */
function cpuMeter(file: string): string {
  const text = `import { writeFileSync } from 'node:fs';
    process.once('exit', () => writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.cpuUsage())));`;
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

async function timeBare(setup: LoadSetup): Promise<number> {
  await setup.server.takeLog();
  const startMs = nowMs();
  const { server } = await runBare(setup, false);
  return (server.firstOrderMs ?? Number.NaN) - startMs;
}

async function timeSuite(setup: LoadSetup): Promise<SuiteTimes> {
  const k6 = await timedK6(setup.k6Binary, setup.dir);
  const out = join(setup.dir, 'out');
  const cpuFile = join(setup.dir, 'cpu.json');
  await setup.server.takeLog();
  const startMs = nowMs();
  const child = spawn(
    process.execPath,
    [
      '--no-memory-reducer',
      '--import',
      cpuMeter(cpuFile),
      START_SCRIPT,
      'run',
      'steady',
      ...suiteFlags(setup),
      '--out',
      out,
    ],
    { cwd: ROOT, env: { ...cleanEnvironment(), K6_BIN: k6.path }, stdio: 'ignore' },
  );
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  const endedMs = nowMs();
  if (exitCode !== 0) throw new Error(`the suite ended with ${exitCode}`);
  const { firstOrderMs } = await setup.server.takeLog();
  const k6EndedMs = (await k6.readCalls()).at(-1)?.endedMs ?? Number.NaN;
  const { user, system } = JSON.parse(await readFile(cpuFile, 'utf8')) as NodeJS.CpuUsage;
  const { mtimeMs, ctimeMs } = await stat(join(out, 'report.json'));
  return {
    firstOrderMs: (firstOrderMs ?? Number.NaN) - startMs,
    reportMs: Math.max(mtimeMs, ctimeMs) - k6EndedMs,
    endMs: endedMs - k6EndedMs,
    cpuMs: (user + system) / 1000,
  };
}

/** Times in ms of bundling all scenarios in this process; the first is cold. */
async function timeBundling(dir: string): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < 6; call += 1) {
    const startMs = performance.now();
    await bundleScenarios({
      entries: QUESTION_NAMES.map((name) => join(ROOT, 'scenarios', `${name}.ts`)),
      outDir: join(dir, 'dist'),
      libDir: join(ROOT, 'lib'),
    });
    times.push(performance.now() - startMs);
  }
  return times;
}

function renderMs(name: string, times: readonly number[]): string {
  const { median, low, high } = medianInterval(times);
  const range = `${low.toFixed(0)} to ${high.toFixed(0)}`;
  return `${name.padEnd(37)} median ${median.toFixed(0)} ms, 95% interval ${range}, worst ${Math.max(...times).toFixed(0)}`;
}

const dir = await mkdtemp(join(tmpdir(), 'order-bench-'));
const server = await startOrderServer({ answerMs: 0, handlerHeaders: false });
try {
  const k6Binary = await benchK6();
  const setup: LoadSetup = {
    k6Binary,
    server,
    dir,
    ratePerSecond: 50,
    seconds: 2,
    bareVus: null,
    suiteEnv: {},
  };
  const [first, ...later] = await timeBundling(dir);
  console.log(`bundling all scenarios: first ${first?.toFixed(0)} ms`);
  console.log(`  then ${later.map((ms) => ms.toFixed(0)).join(', ')} ms`);

  const [help, npmHelp]: [number[], number[]] = [[], []];
  // The first start may have to bundle the command first.
  await timeHelp(process.execPath, HELP);
  for (let round = 0; round < Number(values.pairs); round += 1) {
    help.push(await timeHelp(process.execPath, HELP));
    npmHelp.push(await timeHelp('npm', ['run', 'load', '--', '--help']));
  }
  console.log(renderMs('--help', help));
  console.log(renderMs('npm run load -- --help (target: 400)', npmHelp));

  const bare: number[] = [];
  const suite: SuiteTimes[] = [];
  for (let pair = 0; pair < Number(values.pairs); pair += 1) {
    if (pair % 2 === 0) bare.push(await timeBare(setup));
    suite.push(await timeSuite(setup));
    if (pair % 2 === 1) bare.push(await timeBare(setup));
    const last = suite.at(-1) as SuiteTimes;
    console.log(
      `pair ${pair + 1}: first order after ${bare.at(-1)?.toFixed(0)} ms bare, ${last.firstOrderMs.toFixed(0)} ms suite; report ${last.reportMs.toFixed(0)} ms and exit ${last.endMs.toFixed(0)} ms after k6's end`,
    );
  }
  const pick = (key: keyof SuiteTimes) => suite.map((times) => times[key]);
  console.log(renderMs('command to first order, bare', bare));
  console.log(renderMs('command to first order, suite', pick('firstOrderMs')));
  console.log(
    renderMs(
      'difference (target: 700)',
      suite.map(({ firstOrderMs }, i) => firstOrderMs - (bare[i] as number)),
    ),
  );
  console.log(renderMs('CPU of the command (target: 1000)', pick('cpuMs')));
  console.log(renderMs("k6's end to report (target: 500)", pick('reportMs')));
  console.log(renderMs("k6's end to the command's end", pick('endMs')));
} finally {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}
