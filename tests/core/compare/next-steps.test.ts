import { expect, it } from 'vitest';
import { compareRuns } from '../../../lib/core/compare/compare-runs.ts';
import { historyEntryOf } from '../../../lib/core/history/history-entry.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { type SampleOptions, steadyReport } from './sample-reports.ts';

type Change = (report: Report) => Report;

const asItIs: Change = (report) => report;
const reports = (
  from: number,
  count: number,
  options: Omit<SampleOptions, 'seed'> = {},
  change = asItIs,
) =>
  Array.from({ length: count }, (_, at) =>
    change(steadyReport({ runCv: 0.02, ...options, seed: from + at })),
  );
const at =
  (host: string): Change =>
  (report) => ({ ...report, target: { ...report.target, baseUrl: `https://${host}` } });

interface Compared {
  readonly a: readonly Report[] | null;
  readonly b: readonly Report[];
  readonly past?: readonly Report[];
}

function nextOf({ a, b, past = [] }: Compared) {
  const { next, advice } = compareRuns({
    a: a === null ? null : { name: 'results/a', reports: a },
    b: { name: 'results/b', reports: b },
    history: past.map(historyEntryOf),
    ...(past.length > 0 || a === null ? { historyName: 'my history' } : {}),
  });
  expect(advice).toEqual(
    next.map(({ text, command }) => (command === null ? `${text}.` : `${text}: ${command}`)),
  );
  return next;
}

const LOAD = '--profile quick --duration 40s';

it('loads two targets in turn where one pair shows no noise', () => {
  const [first, second] = nextOf({
    a: reports(1, 1, {}, at('old.test')),
    b: reports(2, 1, {}, at('new.test')),
  });
  expect(first?.command).toBe(
    'npm run load:ab -- --target https://old.test --allow-host old.test --allow-host new.test --target-b https://new.test',
  );
  expect(second?.command).toMatch(/^npm run calibrate -- --target https:\/\/new\.test /);
});

it('asks for the past runs that a candidate lacks', () => {
  const next = nextOf({ a: null, b: reports(600, 1), past: reports(500, 5) });
  expect(next).toEqual([
    {
      text: 'Add 3 more runs of this load to the history',
      command: expect.stringMatching(/^npm run load:steady -- .* --history 'my history'$/),
    },
  ]);
});

it('asks for as many runs as would settle it where noise hides the change', () => {
  const noisy = { runCv: 0.15 };
  const next = nextOf({ a: reports(1, 4, noisy), b: reports(11, 4, { ...noisy, slower: 0.1 }) });
  expect(next[0]?.text).toMatch(/^Make \d+ runs of A and \d+ of B, in turn/);
  expect(next[0]?.command).toMatch(
    /^for run in \$\(seq \d+\); do npm run load:steady -- .* --out results\/b\/\$run; done$/,
  );
  const apart = nextOf({
    a: reports(1, 4, noisy, at('old.test')),
    b: reports(11, 4, { ...noisy, slower: 0.1 }, at('new.test')),
  });
  expect(apart[0]?.command).toMatch(/^npm run load:ab -- .* --profile long /);
});

it('lengthens runs that are too short to show their own noise', () => {
  const short: Change = (report) => ({ ...report, windows: report.windows.slice(0, 20) });
  const next = nextOf({
    a: reports(600, 1, {}, short),
    b: reports(601, 1, {}, short),
    past: reports(500, 12),
  });
  expect(next[0]).toMatchObject({ text: 'Run each side again for 30 s or longer' });
  expect(next[0]?.command).toContain(LOAD);
});

it('looks for the begin of a regression in the history, or in the charts of B', () => {
  const worse = reports(600, 1, { slower: 0.3 });
  expect(nextOf({ a: null, b: worse, past: reports(500, 12) })).toEqual([
    { text: 'See since when it is so', command: "npm run trend -- --history 'my history'" },
  ]);
  expect(nextOf({ a: reports(1, 4), b: reports(11, 4, { slower: 0.3 }) })).toEqual([
    { text: expect.stringContaining('report.html of a run of B'), command: null },
  ]);
});

it('repeats what cannot be compared with the load of A', () => {
  const timeout: Change = (report) => ({
    ...report,
    load: { ...report.load, requestTimeoutMs: 900 },
  });
  const [step] = nextOf({ a: reports(1, 1, {}, timeout), b: reports(2, 1, {}, at('new.test')) });
  expect(step).toMatchObject({ text: 'Run B again with the load of A' });
  expect(step?.command).toContain(`${LOAD} --timeout 900ms`);
  expect(step?.command).toContain('--target https://new.test');
});

it('repeats a run that proves nothing', () => {
  const invalid: Change = (report) => ({
    ...report,
    run: { ...report.run, verdict: 'invalid', reasons: ['The generator was the bottleneck.'] },
  });
  const next = nextOf({ a: reports(1, 2), b: [...reports(11, 1), ...reports(12, 1, {}, invalid)] });
  expect(next.map(({ text }) => text)).toEqual(['Make run run-12 again']);
});

it('has nothing to do where nothing changed', () => {
  expect(nextOf({ a: reports(1, 6), b: reports(11, 6) })).toEqual([]);
});
