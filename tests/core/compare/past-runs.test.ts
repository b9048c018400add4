import { expect, it } from 'vitest';
import { pastRuns } from '../../../lib/core/compare/past-runs.ts';
import { historyEntryOf } from '../../../lib/core/history/history-entry.ts';
import { steadyReport } from './sample-reports.ts';

const [before, compared, after] = [1, 2, 3].map((seed) => steadyReport({ seed }));
const entryOf = (report: typeof before, changes = {}) => ({
  ...historyEntryOf(report as NonNullable<typeof before>),
  ...changes,
});

it('says why a history has no run to hold the compared ones against', () => {
  const of = (...entries: ReturnType<typeof entryOf>[]) =>
    pastRuns(entries, compared === undefined ? [] : [compared], 'nights');
  expect(of(entryOf(before))).toMatchObject({ entries: [{ run: 'run-1' }], whyNone: null });
  expect(of()).toEqual({ entries: [], whyNone: null });
  expect(of(entryOf(compared)).whyNone).toMatch(/nights has no runs apart from those compared/);
  expect(of(entryOf(before, { verdict: 'invalid' }), entryOf(after)).whyNone).toMatch(
    /^None of the 2 other runs in nights can be used: each is INVALID/,
  );
  expect(of(entryOf(before, { scenario: 'spike' })).whyNone).toMatch(
    /^None of the 1 run in nights has this scenario, load and target/,
  );
});
