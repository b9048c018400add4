import { expect, it } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { describeLoad } from '../../../lib/core/load/describe-load.ts';

it('says peak, total, duration, warm-up, ceiling and SLO', () => {
  const config = resolveConfig({
    scenario: 'spike',
    flags: { warmup: '10s' },
    env: {},
    file: null,
  });
  const { plan } = resolvePlan(config, { run: 'r', target: 'http://127.0.0.1:3000' });
  expect(describeLoad(plan)).toEqual([
    'target    http://127.0.0.1:3000',
    'load      spike (standard): up to 100/s, 1,755 orders in 45s',
    'warm-up   100 orders at 10/s for 10s, in no figure',
    'ceiling   505 orders in flight, each given up after 5s',
    'SLO       99 % stored, p95 within 1s',
  ]);
});

it('says what is sent again and what it adds up to', () => {
  const flags = { warmup: '10s', retryRatio: '0.1' };
  const config = resolveConfig({ scenario: 'spike', flags, env: {}, file: null });
  const { plan } = resolvePlan(config, { run: 'r' });
  expect(describeLoad(plan)).toContain(
    'retries   10 % of the orders are sent again (about 176): up to 110/s, 2,031 requests in all',
  );
});
