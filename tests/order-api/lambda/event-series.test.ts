import { expect, it } from 'vitest';
import {
  createEventSeries,
  createPeakSeries,
} from '../../../order-api/lambda/concurrency-series.ts';

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

it('keeps the highest values, with gaps where there were none', () => {
  let now = 0;
  const series = createPeakSeries(() => now, 4);
  series.add(85);
  series.add(80);
  now = 2000;
  series.add(90);
  expect(series.read()).toEqual({ bucketSeconds: 1, peaks: [85, null, 90] });
  now = 6000;
  series.add(70);
  expect(series.read()).toEqual({ bucketSeconds: 2, peaks: [85, 90, null, 70] });
});
