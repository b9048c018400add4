import { describe, expect, it } from 'vitest';
import { type LoadSoFar, whyAbort } from '../../../lib/app/run/why-abort.ts';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import { forEachOutcome } from '../../../lib/core/report/outcome-counts.ts';
import { samplePlan } from '../../core/report/sample-run.ts';

const soFar = (
  outcomes: Partial<Record<Outcome, number>>,
  others: Partial<LoadSoFar> = {},
): LoadSoFar => ({
  started: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
  dropped: 0,
  outcomes: forEachOutcome((outcome) => outcomes[outcome] ?? 0),
  sloLatency: EMPTY_HISTOGRAM,
  resent: 0,
  httpRequests: 0,
  ...others,
});
const seconds = (count: number, outcomes: Partial<Record<Outcome, number>>) =>
  Array.from({ length: count }, () => soFar(outcomes));

const RULES = { plan: samplePlan(), maxRequests: 10_000, isOwnScenario: false, abort: true };
const FINE = seconds(60, { created: 10 });
const DEAD = seconds(60, { serverError: 10 });
const COLLAPSED = soFar({ created: 100, serverError: 600 });

it('goes on while all is well', () => {
  expect(whyAbort(soFar({ created: 600 }), FINE, RULES)).toBeNull();
});

describe('stops what sends more than the cap', () => {
  const capped = { ...RULES, maxRequests: 100, abort: false };

  it('in orders, those that were sent again included', () => {
    expect(whyAbort(soFar({ created: 100 }), FINE, capped)).toBeNull();
    expect(whyAbort(soFar({ created: 90 }, { resent: 11 }), FINE, capped)).toBe(
      '101 orders were sent, more than the cap of 100; raise it with --max-requests.',
    );
  });

  it('in requests of any kind, where the scenario is a file of the user', () => {
    const live = soFar({ created: 5 }, { httpRequests: 101 });
    expect(whyAbort(live, FINE, capped)).toBeNull();
    expect(whyAbort(live, FINE, { ...capped, isOwnScenario: true })).toMatch(/^101 requests were/);
  });
});

it('stops a load whose target has collapsed, unless it is told to go on', () => {
  expect(whyAbort(COLLAPSED, DEAD, RULES)).toMatch(/^0 of the last 100 orders/);
  expect(whyAbort(COLLAPSED, DEAD, { ...RULES, abort: false })).toBeNull();
});

it('stops a rising load whatever is still to come, since each step is judged on its own', () => {
  const long = [{ name: 'long', durationSeconds: 1000, fromRate: 100, toRate: 100 }];
  const flat = samplePlan({ stages: long });
  const rising = samplePlan({
    stages: long,
    question: { ...flat.question, judgedBy: 'step' },
  });
  expect(whyAbort(COLLAPSED, DEAD, { ...RULES, plan: flat, maxRequests: 1e6 })).toBeNull();
  expect(whyAbort(COLLAPSED, DEAD, { ...RULES, plan: rising, maxRequests: 1e6 })).toMatch(
    /collapsed/,
  );
});

it('stops a soak whose service level is lost for good though the target is up', () => {
  const half = seconds(60, { created: 5, serverError: 5 });
  const live = soFar({ created: 300, serverError: 300 });
  expect(whyAbort(live, half, RULES)).toBeNull();
  const soak = { ...RULES, plan: { ...samplePlan(), scenario: 'soak' } };
  expect(whyAbort(live, half, soak)).toMatch(/^success was 50% in the last minute/);
});
