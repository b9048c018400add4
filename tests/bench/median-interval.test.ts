import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianInterval } from '../../bench/median-interval.ts';
import {
  NEEDS_BENCHSTAT,
  readBenchmarks,
  readBenchstatFile,
} from '../core/trend/changes/benchstat-data.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('medianInterval', () => {
  // Ranks and coverage from the table of the sign test: Conover, Practical Nonparametric Statistics.
  it.each([
    { n: 6, low: 1, high: 6, coverage: 0.96875 },
    { n: 10, low: 2, high: 9, coverage: 0.978515625 },
    { n: 20, low: 6, high: 15, coverage: 0.958610534 },
  ])('takes the ranks $low and $high of $n values', ({ n, low, high, coverage }) => {
    const interval = medianInterval(upTo(n).reverse());

    expect(interval).toMatchObject({ count: n, median: (n + 1) / 2, low, high });
    expect(interval.coverage).toBeCloseTo(coverage, 8);
  });

  it('takes the middle value of an odd number', () => {
    expect(medianInterval([5, 1, 4, 2, 3, 7, 6]).median).toBe(4);
  });

  it("is benchstat's median and ± of its golden output", (context) => {
    const golden = readBenchstatFile('crcOldNew.stdout');
    const sides = [readBenchmarks('crc-old.txt'), readBenchmarks('crc-new.txt')];
    if (golden === null || sides.includes(null)) return context.skip(NEEDS_BENCHSTAT);
    const printed = [...golden.matchAll(/^(CRC32\S+)-\d+ +(\S+)([nµ]) ± (\d+)%$/gm)].map(
      ([, name, figure, unit, percent]) => ({
        name,
        ns: Number(figure) * (unit === 'µ' ? 1000 : 1),
        percent: Number(percent),
      }),
    );
    const ours = sides.flatMap((side) =>
      [...(side ?? [])].map(([name, values]) => {
        const { median, low, high } = medianInterval(values);
        const share = Math.max(high / median - 1, 1 - low / median);
        return { name, ns: Number(median.toPrecision(4)), percent: Math.round(share * 100) };
      }),
    );
    expect(printed).toHaveLength(72);
    expect(ours).toEqual(printed);
  });

  it('refuses what is too little for the coverage', () => {
    expect(() => medianInterval(upTo(5))).toThrow(RangeError);
  });

  it('always covers at least what was asked for, and contains the median', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 6, maxLength: 60 }),
        (values) => {
          const { coverage, low, median, high } = medianInterval(values);
          expect(coverage).toBeGreaterThanOrEqual(0.95);
          expect(low).toBeLessThanOrEqual(median);
          expect(median).toBeLessThanOrEqual(high);
        },
      ),
    );
  });
});
