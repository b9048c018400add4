import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holmAdjusted, holmLevel } from '../../../lib/core/statistics/holm.ts';
import { seriesTrend } from '../../../lib/core/trend/series-trend.ts';
import { sampleEntry, sampleHistory } from '../history/sample-history.ts';
import { textOfTrend } from './text-of-trend.ts';

const METRICS = ['p50', 'p95', 'p99', 'success'] as const;

describe('holmLevel', () => {
  it('is where the adjusted p value of one more test comes to α', () => {
    const p = fc.double({ min: 0, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { maxLength: 5 }), p, (others, own) => {
        const level = holmLevel(others, 0.05);
        fc.pre(Math.abs(own - level) > 1e-9);
        expect((holmAdjusted([own, ...others])[0] as number) < 0.05).toBe(own < level);
      }),
    );
  });
});

describe('the bounds that are shown', () => {
  it('are the bounds that decide, however far the metrics of the newest run moved', () => {
    const factor = fc.double({ min: 0.5, max: 2, noNaN: true });
    const failures = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(
        factor,
        factor,
        factor,
        failures,
        fc.integer({ max: 9 }),
        (a, b, c, lost, seed) => {
          const latencyMs = { count: 3000, p50: 50 * a, p95: 100 * b, p99: 200 * c };
          const success = {
            ...{ ratio: 1 - lost / 3000, offered: 3000, failures: lost, overdispersion: 1 },
          };
          const history = [
            ...sampleHistory(12, () => 1, seed),
            sampleEntry(12, { latencyMs, success }),
          ];
          for (const { value, state, expected } of seriesTrend(history, METRICS, []).newest) {
            const { low, high } = expected as NonNullable<typeof expected>;
            const isInside = value >= low - 1e-9 && value <= high + 1e-9;
            expect({ value, low, high, state: state === 'expected' }).toEqual({
              ...{ value, low, high },
              state: isInside,
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never show a value as expected outside of what is expected', () => {
    for (let step = 0; step < 80; step += 1) {
      const p95 = 85 + step / 2;
      const history = [
        ...sampleHistory(12),
        sampleEntry(12, { latencyMs: { count: 3000, p50: 50, p95, p99: 200 } }),
      ];
      const line = textOfTrend(seriesTrend(history, METRICS, []))
        .split('\n')
        .find((one) => one.trim().startsWith('p95 ')) as string;
      const [value, low, high] = [...line.matchAll(/([\d.]+) ms/g)].map(([, ms]) => Number(ms));
      const isInside = (value ?? 0) >= (low ?? 0) && (value ?? 0) <= (high ?? 0);
      expect(line).toMatch(isInside ? /as expected|just beyond/ : /worse|better/);
    }
  });
});
