import type { Options } from 'k6/options';
import { expect, it } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { k6Options } from '../../../lib/core/load/k6-options.ts';

function planOf(scenario: string, flags: Record<string, unknown> = {}) {
  return resolvePlan(resolveConfig({ scenario, flags, env: {}, file: null }), { run: 'r' }).plan;
}

it('is accepted as options by the types of k6', () => {
  const options: Options = k6Options(planOf('spike'));
  expect(options.maxRedirects).toBe(0);
});

it('drives a flat load at a constant rate', () => {
  expect(k6Options(planOf('steady')).scenarios).toEqual({
    steady: {
      executor: 'constant-arrival-rate',
      rate: 50,
      timeUnit: '1s',
      duration: '60000ms',
      preAllocatedVUs: 30,
      maxVUs: 255,
      startTime: '0ms',
      gracefulStop: '7000ms',
    },
  });
});

it('jumps between stages that do not meet', () => {
  expect(k6Options(planOf('spike')).scenarios['spike']).toMatchObject({
    executor: 'ramping-arrival-rate',
    startRate: 10,
    stages: [
      { target: 10, duration: '10000ms' },
      { target: 100, duration: '1000ms' },
      { target: 100, duration: '14000ms' },
      { target: 10, duration: '0s' },
      { target: 10, duration: '20000ms' },
    ],
  });
});

it.each([
  ['0.5', 5, '10s'],
  ['2.25', 225, '100s'],
  ['33.333', 33_333, '1000s'],
  ['7', 7, '1s'],
])('spells %s/s in whole numbers', (rate, whole, timeUnit) => {
  expect(k6Options(planOf('steady', { rate })).scenarios['steady']).toMatchObject({
    rate: whole,
    timeUnit,
  });
});

it('warms up before the measured load', () => {
  const { scenarios, thresholds } = k6Options(planOf('steady', { warmup: '10s' }));
  expect(scenarios['warmup']).toMatchObject({ rate: 50, duration: '10000ms', startTime: '0s' });
  expect(scenarios['steady']).toMatchObject({ startTime: '10000ms' });
  expect(thresholds['orders_started{scenario:warmup}']).toEqual(['count>0']);
});

it('demands orders, success and latency of a plain k6 run', () => {
  expect(k6Options(planOf('spike', { sloSuccess: '99.9%' })).thresholds).toEqual({
    'orders_started{scenario:spike}': ['count>0'],
    'http_req_failed{scenario:spike}': ['rate<=0.001'],
    'http_req_duration{scenario:spike}': ['p(95)<=1000'],
  });
});

it.each(['ramp', 'breakpoint'])('demands only orders of a plain k6 run of %s', (scenario) => {
  expect(k6Options(planOf(scenario)).thresholds).toEqual({
    [`orders_started{scenario:${scenario}}`]: ['count>0'],
  });
});

it('leaves the verdict to the wrapper when asked to', () => {
  expect(k6Options(planOf('spike'), { thresholds: false }).thresholds).toEqual({});
});
