import type { Options } from 'k6/options';
import { expect, it } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { k6Options } from '../../../lib/core/load/k6-options.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function planOf(scenario: string, flags: Record<string, unknown> = {}, mostRunners = 1) {
  const config = resolveConfig({
    questions: QUESTION_PROFILES,
    scenario,
    flags,
    env: {},
    file: null,
  });
  return resolvePlan(config, { run: 'r', mostRunners }).plan;
}

it('is accepted as options by the types of k6', () => {
  const options: Options = k6Options(planOf('spike'));
  expect(options.maxRedirects).toBe(0);
});

it('runs an event loop once, from the start to the end of the load', () => {
  expect(k6Options(planOf('spike')).scenarios).toEqual({
    spike: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 1,
      startTime: '0ms',
      maxDuration: '45000ms',
      gracefulStop: '7000ms',
    },
  });
});

it('has a loop for each client of each runner', () => {
  const loops = (flags: object, mostRunners: number) =>
    k6Options(planOf('steady', { ...flags }, mostRunners)).scenarios['steady'];
  expect(loops({ rate: '9000' }, 1)).toMatchObject({ vus: 3, iterations: 1 });
  expect(loops({ clients: '2' }, 16)).toMatchObject({ vus: 32, iterations: 1 });
});

it('lasts at least a second, below which k6 runs nothing', () => {
  const [stage] = planOf('steady').stages;
  const plan = { ...planOf('steady'), stages: [{ ...stage, durationSeconds: 0.4 }] };
  expect(k6Options(plan as never).scenarios['steady']).toMatchObject({ maxDuration: '1000ms' });
});

it('warms up before the measured load, by loops of its own', () => {
  const { scenarios, thresholds } = k6Options(planOf('steady', { warmup: '10s', clients: '2' }));
  expect(scenarios).toMatchObject({
    warmup: { vus: 2, iterations: 1, startTime: '0ms', maxDuration: '10000ms' },
    steady: { vus: 2, iterations: 1, startTime: '10000ms', maxDuration: '60000ms' },
  });
  expect(Object.keys(scenarios)).toEqual(['warmup', 'steady']);
  expect(thresholds['orders_started{scenario:warmup}']).toEqual(['count>0']);
});

it('has k6 keep a connection for every order that may be in flight', () => {
  const options = k6Options(planOf('steady', { maxInFlight: '123' }));
  expect(options).toMatchObject({ batch: 123, batchPerHost: 123 });
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

it('leaves the verdict to the wrapper when asked to, and most tags', () => {
  const options = k6Options(planOf('spike'), { thresholds: false, allTags: false });
  expect(options).toMatchObject({ thresholds: {}, systemTags: ['scenario'] });
  expect(k6Options(planOf('spike')).systemTags).toContain('status');
});
