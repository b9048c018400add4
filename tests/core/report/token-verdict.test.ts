import { expect, it } from 'vitest';
import type { TokenFacts } from '../../../lib/core/auth/token-facts.ts';
import { mergeReports } from '../../../lib/questions/merge-reports.ts';
import { repeat, sampleContext, sampleReport } from './sample-run.ts';
import { expectVerdict, type VerdictCase } from './verdict-case.ts';

const FAILED: TokenFacts = {
  ...{ renewals: 1, failures: 3, lastFailure: 'exit code 7', refusedOrders: 20 },
};
const NOT_RENEWED = 'The bearer token could not be renewed (exit code 7)';
const withToken = (token: TokenFacts) => ({ generator: { ...sampleContext().generator, token } });
const stored = (orders: number, others: object) => ({
  latencies: { created: repeat(orders, 20), ...others },
});

const CASES: readonly VerdictCase[] = [
  {
    name: 'refused orders that decide whether the SLO is met',
    shape: stored(980, { rejected: repeat(20, 2) }),
    context: withToken(FAILED),
    verdict: 'invalid',
    exit: 3,
    reason: `${NOT_RENEWED}, so 20 orders carried an expired token and were refused. That is not the target's fault.`,
  },
  {
    name: 'refused orders of which the last were not told of',
    shape: stored(960, { rejected: repeat(40, 2) }),
    context: withToken({ ...FAILED, refusedOrders: 38 }),
    verdict: 'invalid',
    exit: 3,
    reason: 'so 38 orders carried',
  },
  {
    name: 'rejections of which few carried a token that had ended',
    shape: stored(900, { rejected: repeat(100, 2) }),
    context: withToken({ ...FAILED, refusedOrders: 5 }),
    verdict: 'fail',
    exit: 1,
    reason: NOT_RENEWED,
  },
  {
    name: 'an SLO that is missed whatever they are',
    shape: stored(900, { rejected: repeat(20, 2), serverError: repeat(80, 2) }),
    context: withToken(FAILED),
    verdict: 'fail',
    exit: 1,
    reason: NOT_RENEWED,
  },
  {
    name: 'an SLO that is met in spite of them',
    shape: stored(980, { rejected: repeat(20, 2) }),
    plan: { slo: { successRatio: 0.9, p95Ms: 100 } },
    context: withToken(FAILED),
    verdict: 'pass',
    exit: 0,
    reason: NOT_RENEWED,
  },
  {
    name: 'rejections of another kind than told of',
    shape: stored(980, { rejected: repeat(20, 2) }),
    context: withToken({ ...FAILED, refusedOrders: 0 }),
    verdict: 'fail',
    exit: 1,
    reason: `${NOT_RENEWED}; no order is known to have been refused because of it.`,
  },
  {
    name: 'more refused orders than there are rejections',
    shape: stored(980, { serverError: repeat(20, 2) }),
    context: withToken({ ...FAILED, refusedOrders: 500 }),
    verdict: 'fail',
    exit: 1,
  },
  {
    name: 'a renewal that came too late',
    shape: stored(980, { rejected: repeat(20, 2) }),
    context: withToken({ renewals: 2, failures: 0, lastFailure: null, refusedOrders: 20 }),
    verdict: 'invalid',
    exit: 3,
    reason: 'The bearer token was renewed too late, so 20 orders carried',
  },
  {
    name: 'a soak, whose answer looks at when orders failed',
    shape: stored(999, { rejected: repeat(1, 2) }),
    plan: { scenario: 'soak' },
    context: withToken({ ...FAILED, refusedOrders: 1 }),
    verdict: 'invalid',
    exit: 3,
    reason: 'so 1 order carried an expired token and was refused',
  },
];

it.each(CASES)('judges $name', (one) => {
  expectVerdict(one);
});

it('says nothing where every token was renewed in time', () => {
  const token = { renewals: 9, failures: 0, lastFailure: null, refusedOrders: 0 };
  const report = sampleReport({}, { context: withToken(token) });
  expect(report.generator.token).toEqual(token);
  expect(report.run.reasons.join()).not.toContain('token');
});

it('adds up the tokens of several runners', () => {
  const report = (token: TokenFacts, runner: string) =>
    sampleReport({ changes: { runner } }, { context: withToken(token) });
  const other = { renewals: 2, failures: 0, lastFailure: null, refusedOrders: 0 };
  const merged = mergeReports([report(FAILED, '1'), report(other, '2')]);
  expect(merged.generator.token).toEqual({ ...FAILED, renewals: 3 });
});
