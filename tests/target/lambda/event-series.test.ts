import { expect, it } from 'vitest';
import { createEventSeries } from '../../../target/lambda/concurrency-series.ts';

it('counts events by the second, and coarser once there are too many seconds', () => {
  let now = 5000;
  const series = createEventSeries(() => now, 4);
  series.add();
  now += 999;
  series.add();
  now += 1;
  series.add();
  now += 1000;
  series.add();
  expect(series.read()).toEqual({ bucketSeconds: 1, counts: [2, 1, 1] });
  now += 2500;
  series.add();
  expect(series.read()).toEqual({ bucketSeconds: 2, counts: [3, 1, 1] });
});
