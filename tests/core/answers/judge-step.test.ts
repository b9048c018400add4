import { describe, expect, it } from 'vitest';
import { judgeStep } from '../../../lib/core/answers/steps/judge-step.ts';
import { sampleStep } from './sample-steps.ts';

const LIMITS = { slo: { successRatio: 0.99, p95Ms: 100 }, requestTimeoutMs: 5000 };
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
    // Every VU waited for the target.
    ['latency', sampleStep({ created: 900 }, { droppedAtMost: 100, vusExhausted: true })],
    // Dropped because it was slow: VUs are made by and by.
    ['latency', sampleStep({ created: 900 }, { droppedAtMost: 100, latencyMs: 120 })],
    ['throttled', sampleStep({ created: 860, throttled: 40 }, { droppedAtMost: 100 })],
    ['generator', sampleStep({ created: 900 }, { droppedAtMost: 100 })],
    ['generator', sampleStep({ created: 895, throttled: 5 }, { droppedAtMost: 100 })],
    // Orders came late: nothing was dropped, and yet they are missing.
    ['generator', sampleStep({ created: 900 })],
    ['generator', sampleStep({ created: 950, throttled: 50 }, { generatorFault: 'CPU' })],
  ] as const)('%s', (limit, step) => {
    const judged = judge(step);
    expect(judged).toMatchObject({ ok: false, clear: true, limit });
    expect(judged.why).not.toBe('');
  });
});

it('counts dropped orders as offered, and no more of them than are missing', () => {
  const step = sampleStep({ created: 990 }, { droppedAtMost: 500, vusExhausted: true });
  expect(judge(step)).toMatchObject({ offered: 1000, served: 990, ok: true });
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
