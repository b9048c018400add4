import { expect, it } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { describeLoad } from '../../../lib/core/load/describe-load.ts';
import { recordedLoad } from '../../../lib/core/load/recorded-load.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function planOf(scenario: string, flags: Record<string, unknown>) {
  const config = resolveConfig({
    questions: QUESTION_PROFILES,
    scenario,
    flags,
    env: {},
    file: null,
  });
  const timesMs = Array.from({ length: 1200 }, (_, i) => i * 50);
  const recorded =
    config.arrivals.kind === 'file'
      ? recordedLoad(
          { kind: 'times', timesMs },
          { file: 'orders.csv', speed: config.arrivals.speed, seed: 1, sha256: () => '' },
        )
      : undefined;
  const input = { run: 'r', target: 'http://127.0.0.1:3000', ...(recorded && { recorded }) };
  return resolvePlan(config, input).plan;
}

it('says peak, total, duration, arrivals, warm-up, orders in flight and SLO', () => {
  expect(describeLoad(planOf('spike', { warmup: '10s' }))).toEqual([
    'target    http://127.0.0.1:3000',
    'load      spike (standard): up to 100/s, 1,755 orders in 45s, at random',
    'warm-up   100 orders at 10/s for 10s, excluded from all figures',
    'in flight at most 645 orders, request timeout 5s',
    'SLO       success at least 99%, p95 at most 1 s',
  ]);
});

it.each([
  ['steady', {}, 'steady (standard): up to 50/s, 3,000 orders in 1m, evenly spaced'],
  [
    'steady',
    { rate: '9000' },
    'steady (standard): up to 9000/s, 540,000 orders in 1m, evenly spaced by 3 clients',
  ],
  [
    'steady',
    { arrivals: 'cv:2', clients: '2' },
    'steady (standard): up to 50/s, 3,000 orders in 1m, at random (cv:2) by 2 clients',
  ],
  [
    'steady',
    { arrivals: 'logs/orders.csv@2' },
    'steady (standard): up to 40/s, 1,200 orders in 29s976ms, as recorded in orders.csv@2',
  ],
  // Half an order is rounded to what is sent: 12.4999 orders are 12.
  ['steady', { rate: '1.25', duration: '9.999s' }, /up to 1.25\/s, 12 orders in 9s999ms/],
] as const)('%s with %j is %s', (scenario, flags, load) => {
  const line = describeLoad(planOf(scenario, flags))[1] ?? '';
  if (typeof load === 'string') expect(line).toBe(`load      ${load}`);
  else expect(line).toMatch(load);
});

it('says what is sent again and what it adds up to', () => {
  expect(describeLoad(planOf('spike', { warmup: '10s', retryRatio: '0.1' }))).toContain(
    'retries   10% of the orders are sent again (about 176): up to 110/s, 2,031 requests in total',
  );
});
