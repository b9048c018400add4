import { describe, expect, it } from 'vitest';
import {
  batchMeasurement,
  batchRoundFigures,
  UNKNOWN_USE,
  writerUse,
} from '../../../../lib/core/tune/batch/batch-load.ts';
import { facts, reportOf, STATS } from '../../../questions/batch/sample-queue.ts';
import { reportAt } from '../power/report-at.ts';

const UNDER_LOAD = { count: 50, p50: 5, p95: 6, p99: 7, max: 8 };
const COUNTED = { redelivered: 1, deadLetters: 2, lost: 0 };
const REPORTS = [
  reportAt(1, { billedMs: 50, memorySizeMb: 1024 }),
  reportAt(2, { billedMs: 450, memorySizeMb: 1024, initMs: 300 }),
];

function measure(condition: 'load' | 'quiet' | 'poison', changes = {}) {
  return batchMeasurement({
    condition,
    report: { ...reportOf(facts({ sample: { underLoadLagMs: UNDER_LOAD } })), ...changes },
    counted: COUNTED,
    path: 'runs/1/report.json',
    reports: REPORTS,
    use: UNKNOWN_USE,
  });
}

describe('what a run says about a cell', () => {
  it('is the lag under load, but on a quiet queue that of every order', () => {
    expect(measure('load').lagMs).toEqual(UNDER_LOAD);
    expect(measure('poison').lagMs).toEqual(UNDER_LOAD);
    expect(measure('quiet').lagMs).toEqual(STATS);
  });

  it('has the orders of the warm-up too, which the writer stored as well', () => {
    const { warmup, requests } = reportOf(facts({}));
    const one = measure('load');
    expect(one).toMatchObject({ accepted: 1000, ...COUNTED, problem: null, failure: null });
    expect(requests.outcomes.created).toBe(1000);
    const warm = { ...warmup, outcomes: { ...warmup.outcomes, created: 20 } };
    expect(measure('load', { warmup: warm }).accepted).toBe(1020);
  });

  it('is nothing if the run was INVALID', () => {
    const { run } = reportOf(facts({}));
    const invalid = { ...run, verdict: 'invalid', reasons: ['the generator fell behind'] };
    expect(measure('load', { run: invalid }).problem).toBe(
      'the run was INVALID: the generator fell behind',
    );
  });
});

describe('the use of the writer', () => {
  it('counts a cold start as a warm invocation', () => {
    expect(writerUse(REPORTS)).toEqual({ invocations: 2, billedMs: 100, billedGbSeconds: 0.1 });
    expect(writerUse(REPORTS.slice(1))).toMatchObject({ invocations: 1, billedMs: 450 });
  });

  it('is not known without reports', () => {
    expect(writerUse([])).toEqual({ invocations: null, billedMs: null, billedGbSeconds: null });
  });
});

it('a round in one line', () => {
  expect(batchRoundFigures(measure('load'), 'load', 'x86')).toMatch(
    /^p50 of the lag 5 ms, p95 6 ms, 2 invocations for 1,000 orders, \$\d\.\d\d for a million orders$/,
  );
  expect(batchRoundFigures(measure('poison'), 'poison', 'x86')).toBe(
    'p50 of the lag 5 ms, p95 6 ms, 2 invocations for 1,000 orders, 1 delivered again, 2 dead letters',
  );
  expect(batchRoundFigures(measure('quiet'), 'quiet', 'x86')).toBe(
    'p50 of the lag 10 ms, p95 20 ms',
  );
  const refused = { ...measure('load'), failure: 'a batch size of 25 needs a window' };
  expect(batchRoundFigures(refused, 'load', 'x86')).toBe('a batch size of 25 needs a window');
});
