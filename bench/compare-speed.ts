import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { compareRuns } from '../lib/core/compare/compare-runs.ts';
import { parseReport } from '../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../lib/questions/report-schema.ts';
import { reportOfSimulatedSoak } from '../studies/drift/simulated-soak.ts';
import { Promises } from '../studies/promises.ts';
import { processTime } from './process-time.ts';

const USAGE = `Times reading and comparing two reports: the first call of a process, further calls, and
npm run compare as a whole. Exit code 1 if one of them computes for more than 300 ms.
  node --import tsx bench/compare-speed.ts [A/report.json B/report.json]
Without files: two simulated runs of one hour at 100/s.`;
const LIMIT_MS = 300;
const PROCESSES = 7;
const FURTHER_CALLS = 20;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', default: false },
    // One process of the bench; it prints its times as JSON.
    child: { type: 'boolean', default: false },
  },
});
const [fileA, fileB] = positionals;
if (values.help) console.log(USAGE);
else if (values.child) console.log(JSON.stringify(await timeCalls(positionals)));
else if (fileA !== undefined && fileB !== undefined) await main([fileA, fileB]);
else await withSimulated(main);

async function main(files: readonly string[]): Promise<void> {
  const sizes = await Promise.all(files.map(async (file) => (await readFile(file)).length));
  console.log(`reports of ${sizes.map((size) => `${Math.round(size / 1024)} KB`).join(' and ')}`);
  const times: number[][] = [];
  for (let round = 0; round < PROCESSES; round++) times.push(await childTimes(files));
  const first = times.map(([ms]) => ms as number);
  const promises = new Promises();
  const range = `${Math.min(...first).toFixed(0)} to ${Math.max(...first).toFixed(0)}`;
  promises.atMost(
    `first call of ${PROCESSES} processes (${range})`,
    median(first),
    LIMIT_MS,
    ' ms',
  );
  const further = times.flatMap(([, ...others]) => others);
  promises.atMost('further calls, median', median(further), LIMIT_MS, ' ms');
  const { wholeMs, computingMs } = await processTime('compare', files, PROCESSES);
  promises.atMost('npm run compare beyond its start-up', computingMs, LIMIT_MS, ' ms');
  console.log(`npm run compare as a whole: ${wholeMs.toFixed(0)} ms`);
  process.exitCode = promises.exitCode;
}

/** Times of consecutive calls in ms; the first one is cold. */
async function timeCalls(files: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call <= FURTHER_CALLS; call++) {
    const start = performance.now();
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const [a, b] = texts.map((text) => parseReport(text, 'bench')) as [
      AnsweredReport,
      AnsweredReport,
    ];
    compareRuns({
      a: { name: 'a', reports: [a] },
      b: { name: 'b', reports: [b] },
      history: [],
    });
    times.push(performance.now() - start);
  }
  return times;
}

async function childTimes(files: readonly string[]): Promise<number[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', import.meta.filename, '--child', ...files],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'close');
  return JSON.parse(text) as number[];
}

/** A report has at most 120 windows, so a report on one hour is no larger than one on two minutes. */
async function withSimulated(use: (files: readonly string[]) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'compare-speed-'));
  try {
    const files = [1, 2].map((seed) => path.join(dir, `${seed}.json`));
    for (const [position, file] of files.entries()) {
      const soak = { seed: position + 1, hours: 1, ratePerSecond: 100, driftPercentPerHour: 0 };
      await writeFile(file, JSON.stringify(reportOfSimulatedSoak(soak)));
    }
    await use(files);
  } finally {
    await rm(dir, { recursive: true });
  }
}
