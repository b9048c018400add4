import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';
import { Promises } from '../studies/promises.ts';
import { processTime } from './process-time.ts';
import { simulatedNights } from './simulated-nights.ts';

const USAGE = `Times npm run trend for a history: reading, finding changes, judging and printing. Exit
code 1 if it computes for more than 1 s.
  --entries N   runs of one series (default 1000, the most that a series can have)
  --rounds N    (default 7)`;
const LIMIT_MS = 1000;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await main(Number(values.entries), Number(values.rounds));

async function main(count: number, rounds: number): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'trend-speed-'));
  try {
    const lines = simulatedNights(count).map((entry) => `${JSON.stringify(entry)}\n`);
    await writeFileAtomically(path.join(dir, 'soak.jsonl'), lines.join(''));
    // Without --dry-run the first round would confirm the change, and the others would have less to do.
    const args = ['--history', dir, '--dry-run'];
    const { wholeMs, computingMs } = await processTime('trend', args, rounds);
    const promises = new Promises();
    promises.atMost(
      `npm run trend of ${count} runs beyond its start-up`,
      computingMs,
      LIMIT_MS,
      ' ms',
    );
    console.log(`npm run trend as a whole: ${wholeMs.toFixed(0)} ms`);
    process.exitCode = promises.exitCode;
  } finally {
    await rm(dir, { recursive: true });
  }
}
