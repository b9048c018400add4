import { expect, it } from 'vitest';
import { createLagTally } from '../../../order-api/queue/lag-tally.ts';

it('gives the nearest rank, counting every value as often as it came', () => {
  const tally = createLagTally();
  for (let lagMs = 100; lagMs >= 1; lagMs -= 1) tally.add(lagMs);
  expect(tally.read()).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  for (let times = 0; times < 100; times += 1) tally.add(7);
  expect(tally.read()).toEqual({ count: 200, p50: 7, p95: 90, p99: 98, max: 100 });
});

it('has no percentile of nothing', () => {
  expect(createLagTally().read()).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null });
});
