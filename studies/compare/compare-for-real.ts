import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { START_SCRIPT } from '../../lib/app/cli/command-start.ts';
import { compareDuet } from '../../lib/core/compare/compare-duet.ts';
import { compareRuns } from '../../lib/core/compare/compare-runs.ts';
import type { CompareVerdict } from '../../lib/core/compare/comparison.ts';
import { readHistory } from '../../lib/node/store/history.ts';
import { readRunReport } from '../../lib/node/store/read-run-report.ts';
import { readRuns } from '../../lib/node/store/read-runs.ts';
import { Promises } from '../promises.ts';

const USAGE = `Checks verdicts of compare on real runs of the embedded order API. Exit code 1 if more than 2 of 40 A/A
pairs, or fewer than 9 of 10 ab runs against the slower deployment, are called a regression.
  --calibrate N   pairs of the calibration (default 5)
  --pairs N       A/A pairs of steady that are compared with it (default 40)
  --duration T    of each steady run (default 35s; a verdict takes 30 windows)
  --duets N       ab runs against a deployment that is 10% slower (default 10)
  --profile NAME  of the ab runs (default standard)
  --slower X      (default 1.1)
  --dir DIR       where the runs are kept (default a new temporary folder)`;

/** Shares of all comparisons. */
const MOST_FALSE_ALARMS = 2 / 40;
const MOST_MISSED = 1 / 10;

const { values } = parseArgs({
  options: {
    calibrate: { type: 'string', default: '5' },
    pairs: { type: 'string', default: '40' },
    duration: { type: 'string', default: '35s' },
    duets: { type: 'string', default: '10' },
    profile: { type: 'string', default: 'standard' },
    slower: { type: 'string', default: '1.1' },
    dir: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const dir = values.dir ?? (await mkdtemp(path.join(tmpdir(), 'compare-for-real-')));
  console.log(`runs are kept in ${dir}`);
  const promises = new Promises();
  if (Number(values.pairs) > 0) {
    const verdicts = await pairs(dir);
    const most = Math.ceil(verdicts.length * MOST_FALSE_ALARMS);
    promises.atMost('A/A pairs that regress', regressions(verdicts), most, '');
  }
  if (Number(values.duets) > 0) {
    const verdicts = await duets(dir);
    const least = verdicts.length - Math.floor(verdicts.length * MOST_MISSED);
    promises.atLeast('ab runs that regress', regressions(verdicts), least, '');
  }
  process.exitCode = promises.exitCode;
}

function regressions(verdicts: readonly CompareVerdict[]): number {
  return verdicts.filter((verdict) => verdict === 'regress').length;
}

async function pairs(dir: string): Promise<CompareVerdict[]> {
  const floor = path.join(dir, 'floor');
  const steady = ['--duration', values.duration, '--warmup', '3s'];
  const calibrate = async (count: string, to: string) => {
    const code = await run('calibrate', ['--pairs', count, '--dir', to, ...steady]);
    if (code !== 0) throw new Error(`calibrate ended with exit code ${code}`);
  };
  await calibrate(values.calibrate, floor);
  const compared = path.join(dir, 'pairs');
  await calibrate(values.pairs, compared);
  const { entries } = await readHistory(floor);
  // An INVALID run was repeated and is not in the history.
  const runs = (await readHistory(compared)).entries.map(({ run }) => run);
  const { reports } = await readRuns(compared);
  const reportOf = (run: string | undefined) => {
    const report = reports.find((report) => report.run.id === run);
    if (report === undefined) throw new Error(`there is no report of run ${run}`);
    return report;
  };
  const verdicts: CompareVerdict[] = [];
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    const [a, b] = [reportOf(runs[2 * pair]), reportOf(runs[2 * pair + 1])];
    verdicts.push(
      compareRuns({
        a: { name: 'a', reports: [a] },
        b: { name: 'b', reports: [b] },
        history: entries,
      }).verdict,
    );
  }
  console.log(`A/A pairs of steady: ${tally(verdicts)}`);
  return verdicts;
}

async function duets(dir: string): Promise<CompareVerdict[]> {
  const verdicts: CompareVerdict[] = [];
  for (let duet = 1; duet <= Number(values.duets); duet++) {
    const out = path.join(dir, `duet-${duet}`);
    // Both are started alike, because an embedded order API and one of the user's own count as different.
    const fast = await startOrderApi([]);
    const slow = await startOrderApi(['--slower', values.slower]);
    const targets = ['--target', fast.url, '--target-b', slow.url];
    try {
      await run('run', [
        'ab',
        ...targets,
        '--profile',
        values.profile,
        '--seed',
        `${duet}`,
        '--out',
        out,
      ]);
    } finally {
      fast.stop();
      slow.stop();
    }
    const { verdict, headline } = compareDuet((await readRunReport(out)).report);
    console.log(`duet ${duet}: ${headline}`);
    verdicts.push(verdict);
  }
  console.log(`ab against ${values.slower}: ${tally(verdicts)}`);
  return verdicts;
}

function tally(verdicts: readonly CompareVerdict[]): string {
  const counts = new Map<CompareVerdict, number>();
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${verdict} ${count}`).join(', ');
}

function run(name: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [START_SCRIPT, name, ...args], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

function startOrderApi(args: readonly string[]): Promise<{ url: string; stop: () => void }> {
  const child = spawn(
    process.execPath,
    [START_SCRIPT, 'order-api', '--port', '0', '--die-with-parent', ...args],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`the target ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const url = /ready (\S+)/.exec(text)?.[1];
      if (url !== undefined) resolve({ url, stop: () => void child.kill() });
    });
  });
}
