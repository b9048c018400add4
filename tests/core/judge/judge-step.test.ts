import { describe, expect, it } from 'vitest';
import { judgeStep } from '../../../lib/core/judge/judge-step.ts';
import { fromValues } from '../histogram/from-values.ts';
import { repeat } from '../report/sample-run.ts';
import { sampleStep } from './sample-steps.ts';

const LIMITS = { slo: { successRatio: 0.99, p95Ms: 100 }, requestTimeoutMs: 5000 };
/** Of 1000 orders so many were started 300 ms late, and the others on time or late by a little. */
const late = (orders: number, othersMs = 0) =>
  fromValues([...repeat(orders, 300), ...repeat(1000 - orders, othersMs)]);
const judge = (step: ReturnType<typeof sampleStep>) => judgeStep(step, LIMITS);

it('is ok where both service levels are met, and says so of what was offered', () => {
  const judged = judge(sampleStep());
  expect(judged).toMatchObject({ ok: true, clear: true, limit: null, why: null });
  expect(judged).toMatchObject({ offered: 1000, served: 1000, successRatio: 1 });
  expect(judged.p95Ms).toBeCloseTo(20, 0);
});

describe('names the limit', () => {
  it.each([
    ['throttled', sampleStep({ created: 950, throttled: 30, serverError: 20 })],
    ['errors', sampleStep({ created: 950, throttled: 20, serverError: 30 })],
    ['errors', sampleStep({ created: 950, platformRejected: 50 })],
    ['throttled', sampleStep({ created: 950, platformRejected: 50 }, { hidesThrottles: true })],
    ['errors', sampleStep({ created: 950, serverError: 50 }, { hidesThrottles: true })],
    ['errors', sampleStep({ created: 950, connection: 50 })],
    ['latency', sampleStep({ created: 950, timeout: 50 })],
    ['latency', sampleStep({ created: 950 }, { unresolved: 50 })],
    ['latency', sampleStep({ created: 1000 }, { latencyMs: 120 })],
    ['generator', sampleStep({ created: 900 }, { dropped: 100 })],
    ['generator', sampleStep({ created: 895, throttled: 5 }, { dropped: 100 })],
    // Missed even as if each order that was not sent had been stored at once.
    ['latency', sampleStep({ created: 900 }, { dropped: 100, latencyMs: 120 })],
    ['generator', sampleStep({ created: 900 }, { dropped: 100, keptBack: 100, latencyMs: 120 })],
    ['latency', sampleStep({ created: 830, timeout: 70 }, { dropped: 100 })],
    ['throttled', sampleStep({ created: 860, throttled: 40 }, { dropped: 100 })],
    ['errors', sampleStep({ serverError: 900 }, { dropped: 100 })],
    // Nobody counted them as not sent, and yet they are missing.
    ['generator', sampleStep({ created: 900 })],
    // What came late may be all that failed, or all that was slow.
    ['generator', sampleStep({ created: 960, throttled: 40 }, { lateness: late(40) })],
    ['throttled', sampleStep({ created: 940, throttled: 60 }, { lateness: late(40) })],
    ['generator', sampleStep({ created: 1000 }, { lateness: late(0, 15), latencyMs: 110 })],
    ['latency', sampleStep({ created: 1000 }, { lateness: late(0, 15), latencyMs: 130 })],
    // They came in bunches, so that it was another load.
    ['generator', sampleStep({ created: 500, throttled: 500 }, { lateness: late(60) })],
    ['generator', sampleStep({ created: 950, throttled: 50 }, { generatorFault: 'CPU' })],
  ] as const)('%s', (limit, step) => {
    const judged = judge(step);
    expect(judged).toMatchObject({ ok: false, clear: true, limit });
    expect(judged.why).not.toBe('');
  });
});

it('counts orders that were not sent as offered', () => {
  const step = sampleStep({ created: 990 }, { dropped: 10 });
  expect(judge(step)).toMatchObject({ offered: 1000, served: 990, successRatio: 0.99, ok: true });
});

it('holds a step for good that met its levels though orders were late', () => {
  const step = sampleStep({ created: 1000 }, { lateness: late(60) });
  expect(judge(step)).toMatchObject({ ok: true, limit: null, why: null });
});

it.each([
  [sampleStep({ created: 900 }, { dropped: 100 }), '10% dropped (100 of 1,000 orders)'],
  [
    sampleStep({ created: 700, throttled: 300 }, { lateness: late(60) }),
    '30% throttled (300 of 1,000 orders), 60 orders started more than 25 ms after they were due',
  ],
  [
    sampleStep({ created: 950, throttled: 50 }, { generatorFault: 'k6 used all CPU' }),
    '5% throttled (50 of 1,000 orders), k6 used all CPU',
  ],
])('says what the generator could not do where that is the limit', (step, words) => {
  expect(judge(step)).toMatchObject({ limit: 'generator', why: words });
});

it('says nothing of what the generator could not do where the target is the limit', () => {
  const changes = { dropped: 10, lateness: late(10) };
  const { limit, why } = judge(sampleStep({ created: 500, throttled: 490 }, changes));
  expect({ limit, why }).toEqual({
    limit: 'throttled',
    why: '49% throttled (490 of 1,000 orders), 10 dropped',
  });
});

it('forgives orders at the borders of a step', () => {
  const step = sampleStep({ created: 98 }, { plannedOrders: 100, seconds: 1 });
  expect(judge(step)).toMatchObject({ offered: 98, ok: true });
});

it('holds a step for good that met its levels though the generator was busy', () => {
  expect(judge(sampleStep({ created: 1000 }, { generatorFault: 'CPU' })).ok).toBe(true);
});

it('judges latency with timeouts at the limit, so that failing fast never helps', () => {
  const step = sampleStep({ created: 945, timeout: 5, throttled: 50 }, { latencyMs: 20 });
  expect(judge(step).p95Ms).toBeLessThan(100);
  const slow = sampleStep({ created: 930, timeout: 70 }, { latencyMs: 20 });
  expect(judge(slow).p95Ms).toBeGreaterThan(4900);
});

describe('is in doubt', () => {
  it.each([
    ['of success with few orders', true, sampleStep({ created: 200 }, { plannedOrders: 200 })],
    [
      'of a miss with few orders',
      false,
      sampleStep({ created: 98, throttled: 2 }, { plannedOrders: 100 }),
    ],
    ['near the SLO', true, sampleStep({ created: 992, throttled: 8 })],
  ] as const)('%s', (_, ok, step) => {
    expect(judge(step)).toMatchObject({ ok, clear: false });
  });

  it('never where every order must be stored: no number of orders could prove it', () => {
    const slo = { successRatio: 1, p95Ms: 100 };
    expect(judgeStep(sampleStep(), { ...LIMITS, slo })).toMatchObject({ ok: true, clear: true });
  });
});
