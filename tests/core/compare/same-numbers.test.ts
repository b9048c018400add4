import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareRuns } from '../../../lib/core/compare/compare-runs.ts';
import type { Comparison } from '../../../lib/core/compare/comparison.ts';
import { historyEntryOf } from '../../../lib/core/history/history-entry.ts';
import { parseReport } from '../../../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { steadyReport } from './sample-reports.ts';

/** What the suite said of these reports before it was made faster. */
const BEFORE = new URL('../../fixtures/comparisons.json', import.meta.url);

const side = (name: string, from: number, runs: number, slower = 0) => ({
  name,
  reports: Array.from({ length: runs }, (_, run) => read({ seed: from + run, slower })),
});

/** As it comes from a file. */
function read({ seed, slower }: { seed: number; slower: number }): AnsweredReport {
  const report = steadyReport({ seed, slower, runCv: 0.02, failures: seed % 3 });
  return parseReport(JSON.stringify(report), `seed ${seed}`);
}

const history = side('history', 1, 12).reports.map(historyEntryOf);
const CASES: Readonly<Record<string, () => Comparison>> = {
  'a pair without history': () =>
    compareRuns({ a: side('a', 21, 1), b: side('b', 31, 1, 0.1), history: [] }),
  'a pair with a history': () =>
    compareRuns({ a: side('a', 21, 1), b: side('b', 31, 1, 0.1), history }),
  'two against two': () => compareRuns({ a: side('a', 21, 2), b: side('b', 31, 2), history }),
  'a candidate': () => compareRuns({ a: null, b: side('b', 31, 1, 0.2), history }),
  'three against three': () =>
    compareRuns({ a: side('a', 21, 3), b: side('b', 31, 3, 0.05), history: [] }),
};

const figuresOf = ({ verdict, metrics }: Comparison) => ({ verdict, metrics });

it.each(Object.keys(CASES))('gives the same numbers to the last digit: %s', (name) => {
  const before = JSON.parse(readFileSync(BEFORE, 'utf8')) as Record<string, unknown>;
  const compare = CASES[name] as () => Comparison;
  expect(JSON.parse(JSON.stringify(figuresOf(compare())))).toEqual(before[name]);
});
