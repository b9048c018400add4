import type { Options } from 'k6/options';
import { expect, it } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { k6Options } from '../../../lib/core/load/k6-options.ts';
import { virtualUserOptions } from '../../../lib/core/load/virtual-user-options.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function planOf(scenario: string, flags: Record<string, unknown> = {}) {
  return resolvePlan(
    resolveConfig({ questions: QUESTION_PROFILES, scenario, flags, env: {}, file: null }),
    { run: 'r' },
  ).plan;
}

it('is accepted as options by the types of k6', () => {
  const options: Options = virtualUserOptions(planOf('spike'));
  expect(options.maxRedirects).toBe(0);
});

it('drives a flat load at a constant rate, with a VU for every order in flight from the start', () => {
  expect(virtualUserOptions(planOf('steady')).scenarios).toEqual({
    steady: {
      executor: 'constant-arrival-rate',
      rate: 50,
      timeUnit: '1s',
      duration: '60000ms',
      preAllocatedVUs: 260,
      maxVUs: 260,
      startTime: '0ms',
      gracefulStop: '7000ms',
    },
  });
});

it('has no VU beyond --max-in-flight', () => {
  expect(virtualUserOptions(planOf('spike', { maxInFlight: '20' })).scenarios).toMatchObject({
    spike: { preAllocatedVUs: 20, maxVUs: 20 },
  });
});

it('jumps between stages that do not meet', () => {
  expect(virtualUserOptions(planOf('spike')).scenarios['spike']).toMatchObject({
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
  expect(virtualUserOptions(planOf('steady', { rate })).scenarios['steady']).toMatchObject({
    rate: whole,
    timeUnit,
  });
});

it('warms up before the measured load', () => {
  const plan = planOf('steady', { warmup: '10s' });
  const { scenarios, thresholds } = virtualUserOptions(plan);
  expect(scenarios['warmup']).toMatchObject({ rate: 50, duration: '10000ms', startTime: '0ms' });
  expect(scenarios['steady']).toMatchObject({ startTime: '10000ms' });
  expect(thresholds['orders_started{scenario:warmup}']).toEqual(['count>0']);
});

it.each([{}, { thresholds: false, allTags: false }])(
  'asks for what an event loop asks for beside its scenarios: %j',
  (choice) => {
    const plan = planOf('spike', { warmup: '5s' });
    const { scenarios: _, ...options } = virtualUserOptions(plan, choice);
    const { scenarios: __, ...ofLoop } = k6Options(plan, choice);
    expect(options).toEqual(ofLoop);
  },
);
