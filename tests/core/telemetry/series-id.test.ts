import { expect, it } from 'vitest';
import { seriesIdOf } from '../../../lib/core/telemetry/series-id.ts';

it('knows created orders by their metric, all others by their label', () => {
  const labels = { run: 'r', runner: '1', step: 'burst', scenario: 'spike' };
  const created = seriesIdOf({ ...labels, __name__: 'k6_order_created_pow8' });
  expect(created).toMatchObject({ kind: 'latencyPow8', outcome: 'created', step: 'burst' });
  const throttled = { ...labels, __name__: 'k6_order_latency_pow8', outcome: 'throttled' };
  expect(seriesIdOf(throttled)).toMatchObject({ kind: 'latencyPow8', outcome: 'throttled' });
});
