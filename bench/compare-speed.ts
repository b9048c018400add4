import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compareRuns } from '../lib/core/compare/compare-runs.ts';
import { parseReport } from '../lib/core/report/parse-report.ts';
import type { Report } from '../lib/core/report/schema/report-schema.ts';

const USAGE = `How long two reports take to be read and compared, in ms.
  node --import tsx bench/compare-speed.ts A/report.json B/report.json`;

const { positionals } = parseArgs({ allowPositionals: true });
const [fileA, fileB] = positionals;
if (fileA === undefined || fileB === undefined) console.log(USAGE);
else await main(fileA, fileB);

/** A report of at most 120 windows is no larger after an hour than after two minutes. */
async function main(a: string, b: string): Promise<void> {
  const texts = [await readFile(a, 'utf8'), await readFile(b, 'utf8')] as const;
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const start = performance.now();
    const [one, two] = texts.map((text) => parseReport(text, 'bench')) as [Report, Report];
    compareRuns({
      a: { name: 'a', reports: [one] },
      b: { name: 'b', reports: [{ ...two, run: { ...two.run, id: 'other' } }] },
      history: [],
    });
    times.push(performance.now() - start);
  }
  const sorted = times.toSorted((x, y) => x - y);
  console.log(
    `${texts.map((text) => `${Math.round(text.length / 1024)} KB`).join(' and ')}: first ${(times[0] ?? 0).toFixed(0)} ms, median ${(sorted[10] ?? 0).toFixed(0)} ms`,
  );
}
