import { describe, expect, it } from 'vitest';
import { quantileInterval } from '../../../lib/core/judge/quantile-interval.ts';
import { seededRandom } from '../../../lib/core/load/seeded-random.ts';
import { fromValues } from '../histogram/from-values.ts';

const SAMPLES = 400;

/** How often the interval of a sample holds the true quantile of exponential latencies around 100 ms. */
function coverage(q: number, orders: number): number {
  const random = seededRandom(7, 0);
  const trueMs = -100 * Math.log(1 - q);
  let held = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const latency = fromValues(Array.from({ length: orders }, () => -100 * Math.log(1 - random())));
    const interval = quantileInterval(latency, q, []);
    if (interval === null) throw new Error('no interval');
    const { lowMs, highMs } = interval;
    if (lowMs <= trueMs && trueMs <= (highMs ?? Number.POSITIVE_INFINITY)) held += 1;
  }
  return held / SAMPLES;
}

describe('quantileInterval', () => {
  it.each([
    [0.5, 100],
    [0.9, 200],
    [0.95, 500],
    [0.99, 1000],
    [0.999, 5000],
  ])('holds the true quantile %f of %i orders in about 95 of 100 samples', (q, orders) => {
    expect(coverage(q, orders)).toBeGreaterThan(0.92);
    expect(coverage(q, orders)).toBeLessThan(0.98);
  });

  it('has no upper end with too few orders, and none at all without any', () => {
    const values = Array.from({ length: 300 }, (_, rank) => rank + 1);
    expect(quantileInterval(fromValues(values), 0.99, [])?.highMs).toBeNull();
    expect(quantileInterval(fromValues(values), 0.95, [])?.highMs).not.toBeNull();
    expect(quantileInterval(fromValues([]), 0.5, [])).toBeNull();
  });

  it('is wider where slow orders come in clusters', () => {
    const windows = [8, 8, 18, 8, 8, 8, 18, 8, 8, 8].map((slow) =>
      Array.from({ length: 100 }, (_, order) => (order < slow ? 50 : 10) + order / 10),
    );
    const all = fromValues(windows.flat());
    const alone = quantileInterval(all, 0.9, []);
    const clustered = quantileInterval(
      all,
      0.9,
      windows.map((values) => fromValues(values)),
    );
    expect(clustered?.lowMs).toBeLessThan(alone?.lowMs ?? 0);
    expect(clustered?.highMs).toBeGreaterThan(alone?.highMs ?? 0);
  });
});
