import { expect, it } from 'vitest';
import { planFromK6Env } from '../../../lib/core/config/plan-from-k6-env.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { durationSeconds, peakRate } from '../../../lib/core/load/stages.ts';

const config = (flags: Record<string, unknown>) =>
  resolveConfig({ scenario: 'spike', flags, env: {}, file: null });

it('sets the peak by --rate and the length by --duration', () => {
  const { plan } = resolvePlan(config({ rate: '30', duration: '9s' }), { run: 'r' });
  expect(peakRate(plan.stages)).toBe(30);
  expect(durationSeconds(plan.stages)).toBeCloseTo(9, 9);
  expect(plan.stages[0]).toEqual({ name: 'baseline', durationSeconds: 2, fromRate: 3, toRate: 3 });
});

it('warms up at the first rate', () => {
  const { plan } = resolvePlan(config({ warmup: '5s' }), { run: 'r' });
  expect(plan.warmup).toEqual({ name: 'warmup', durationSeconds: 5, fromRate: 10, toRate: 10 });
});

it('loads the configured target before the one of the embedded API', () => {
  const embedded = { run: 'r', target: 'http://127.0.0.1:9' };
  expect(resolvePlan(config({}), embedded).plan.target).toBe('http://127.0.0.1:9');
  const own = config({ target: 'http://127.0.0.1:8' });
  expect(resolvePlan(own, embedded).plan.target).toBe('http://127.0.0.1:8');
});

it('says when memory caps the VUs', () => {
  const { plan, notes } = resolvePlan(config({}), { run: 'r', freeMemoryBytes: 100e6 });
  expect(plan.maxVUs).toBe(50);
  expect(notes).toHaveLength(1);
});

it('reaches k6 unchanged as JSON', () => {
  const { plan } = resolvePlan(config({ headers: ['x-a=env:A'], warmup: '5s' }), { run: 'r' });
  expect(planFromK6Env('spike', { LOAD_PLAN: JSON.stringify(plan), RATE: '1' })).toEqual(plan);
});

it('is the same plan under plain k6 as under the wrapper', () => {
  const { plan } = resolvePlan(config({ rate: '20' }), { run: 'r' });
  expect(planFromK6Env('spike', { RATE: '20' }, 'r')).toEqual(plan);
  expect(planFromK6Env('spike', { RETRY_RATIO: '0.1' }).retryRatio).toBe(0.1);
  expect(planFromK6Env('spike', { RATE: '5', LOAD_RATE: '20', LOAD_RUN: 'r' })).toEqual(plan);
});

it('takes BASE_URL under plain k6, and ignores what only the wrapper can do', () => {
  const env = { BASE_URL: 'http://127.0.0.1:7/' };
  expect(planFromK6Env('spike', env)).toMatchObject({
    target: 'http://127.0.0.1:7',
    scenario: 'spike',
  });
});

it('refuses a bad value under plain k6 by the same rules', () => {
  expect(() => planFromK6Env('spike', { RATE: 'fast' })).toThrow(/^LOAD_RATE: "fast" is not/);
});

it('refuses a run id that could not be part of an order id', () => {
  expect(planFromK6Env('spike', { LOAD_RUN: 'nightly.7' }).run).toBe('nightly.7');
  expect(() => planFromK6Env('spike', { LOAD_RUN: 'a"b' })).toThrow('LOAD_RUN is not a run id');
});
