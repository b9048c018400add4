import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { sweepEntryOf } from '../../../lib/core/tune/history/sweep-entry.ts';
import { appendHistory } from '../../../lib/node/store/history.ts';
import { appendSweep } from '../../../lib/node/store/sweep-history.ts';
import { steadyReport } from '../../core/compare/sample-reports.ts';
import { sampleHistory } from '../../core/history/sample-history.ts';
import { samplePower, sampleTune } from '../../core/tune/sample-tune.ts';
import { abReport, slowerB } from '../../questions/ab/sample-ab-report.ts';
import { K6, ROOT } from './run-load.ts';

/** A checkout of the suite like that of a reader of the docs, with the results of some runs. */
export interface DocsFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

const NIGHTS = 20;

export async function makeDocsFolder(): Promise<DocsFolder> {
  const path = await mkdtemp(join(tmpdir(), 'order-load-docs-'));
  for (const name of await readdir(ROOT)) {
    if (['results', '.git'].includes(name)) continue;
    await symlink(join(ROOT, name), join(path, name));
  }
  const results = join(path, 'results');
  await mkdir(results);
  for (const [side, seeds] of Object.entries({ a: [0, 2, 4], b: [1, 3, 5], tonight: [7] })) {
    for (const seed of seeds) await writeRun(join(results, side), steadyReport({ seed }));
  }
  await writeRun(join(results, 'ab-run'), abReport(slowerB));
  for (const run of ['20261123-184441-h1a4', 'ci']) await writeSample(join(results, run));
  const history = sampleHistory(NIGHTS);
  for (const dir of ['history', 'calibration']) {
    for (const entry of history) await appendHistory(join(results, dir), entry);
  }
  const sweep = sampleTune({ power: samplePower() });
  await appendSweep(join(results, 'history'), sweepEntryOf(sweep));
  await writeFile(
    join(path, 'openapi.yaml'),
    'openapi: 3.0.0\npaths: { /v1/orders: { post: { responses: { "201": {} } } } }\n',
  );
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function writeRun(folder: string, report: Report): Promise<void> {
  await mkdir(join(folder, report.run.id), { recursive: true });
  await writeFile(join(folder, report.run.id, 'report.json'), JSON.stringify(report));
}

async function writeSample(folder: string): Promise<void> {
  await mkdir(folder);
  const sample = await readFile(join(ROOT, 'docs/samples/pass.json'), 'utf8');
  await writeFile(join(folder, 'report.json'), sample);
}

export interface ShellRun {
  readonly exitCode: number | null;
  /** Both streams, without what depends on the machine: the path of the folder, and the line about k6. */
  readonly output: string;
}

export interface ShellOptions {
  /** The command is interrupted once it has printed this many lines; by default it ends on its own. */
  readonly untilLines?: number;
}

/** Runs a command of the docs in a shell without any variables of the suite. */
export function runShell(
  command: string,
  cwd: string,
  { untilLines = Number.POSITIVE_INFINITY }: ShellOptions = {},
): Promise<ShellRun> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: cwd,
    K6_BIN: K6,
    npm_config_loglevel: 'silent',
    npm_config_update_notifier: 'false',
  };
  const child = spawn('bash', ['-o', 'pipefail', '-c', `exec 2>&1\n${command}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  let isStopped = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (isStopped || output.split('\n').length <= untilLines) return;
    isStopped = true;
    process.kill(-(child.pid as number), 'SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output: shownIn(cwd, output) }));
  });
}

function shownIn(folder: string, output: string): string {
  return output.replaceAll(`${folder}/`, '').replace(/^k6 \S+ from K6_BIN: .*\n/m, '');
}
