import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../lib/core/load/seeded-random.ts';
import { readReport } from '../../lib/node/store/read-report.ts';
import { startQueueFront } from './queue-front.ts';

const USAGE = `Checks what batch reports about queues of known lag and losses. Exit code 1 if it reports something false.
Usage: node --import tsx studies/queue/queue-truth.ts [--runs N] [--at-once N] [--seed N]
  N runs (default 20), some at once (default 4): lags of 0 to 90 s, all equal or evenly spread up to that; 1 to 200/s
  for 10 s; waits of 5 to 120 s; none lost or up to 20%; up to half of the reads failing`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    'at-once': { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const ROOT = join(import.meta.dirname, '../..');
const SECONDS = 10;
const LONGEST_LAG_MS = 90_000;
const MOST_LOST = 0.2;
const MOST_FAILING = 0.5;

if (values.help) process.stdout.write(`${USAGE}\n`);
else await main();

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'queue-truth-'));
  const runs = Array.from({ length: Number(values.runs) }, (_, run) => run);
  let isRight = true;
  const work = async () => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
      isRight = (await runOne(run, join(dir, String(run)))) && isRight;
    }
  };
  try {
    await Promise.all(Array.from({ length: Number(values['at-once']) }, work));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  if (!isRight) process.exitCode = 1;
}

/** Returns whether everything that the report of one run claims is true. */
async function runOne(run: number, dir: string): Promise<boolean> {
  const random = seededRandom(Number(values.seed), run);
  const longestMs = Math.round(random() * LONGEST_LAG_MS);
  const isSpread = random() < 0.5;
  const rate = Math.round(200 ** random());
  const waitSeconds = Math.round(5 + random() * 115);
  const lostShare = random() < 0.3 ? 0 : random() * MOST_LOST;
  const failing = random() * MOST_FAILING;
  const front = await startQueueFront({
    lagMs: () => {
      if (random() < lostShare) return null;
      return isSpread ? random() * longestMs : longestMs;
    },
    failsRead: () => random() < failing,
  });
  try {
    const flags = ['--rate', `${rate}`, '--duration', `${SECONDS}s`, '--out', dir];
    const wait = ['--target', front.url, '--drain-wait', `${waitSeconds}s`, '--no-abort'];
    const load = ['scripts/start.mjs', 'run', 'batch', '--profile', 'quick', ...flags, ...wait];
    const child = spawn(process.execPath, load, { cwd: ROOT, stdio: 'ignore' });
    await once(child, 'exit');
    const { answers, queue, run: facts } = await readReport(join(dir, 'report.json'));
    const { accepted, lost } = front.counts();
    const reads = queue?.reads;
    if (reads === undefined || answers.lag === undefined) throw new Error('no reads in the report');
    const isOpen = reads.missing + reads.unreadable > 0;
    const isAll = reads.asked === accepted;
    const isTrue =
      reads.lost <= lost &&
      reads.found <= accepted - lost &&
      (reads.lost > 0 || !isOpen || facts.verdict === 'invalid') &&
      !(facts.verdict === 'pass' && isAll && lost > 0);
    const lag = `lag ${isSpread ? 'up to ' : ''}${longestMs} ms`;
    process.stdout.write(
      `${isTrue ? 'true ' : 'FALSE'} ${facts.verdict}: ${lag}, ${rate}/s, wait ${waitSeconds} s, ${Math.round(failing * 100)}% of reads fail; ${lost} of ${accepted} lost; reported: ${reads.asked} asked, ${reads.found} found, ${reads.lost} lost, ${reads.missing} missing (${reads.missingWhy}), ${reads.unreadable} unreadable\n`,
    );
    return isTrue;
  } finally {
    front.close();
  }
}
