import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, addAll } from '../../../lib/core/histogram/add.ts';
import { censor } from '../../../lib/core/histogram/censor.ts';
import { countOf } from '../../../lib/core/histogram/count.ts';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import { subtract } from '../../../lib/core/histogram/subtract.ts';
import { histogram, latencies } from './arbitraries.ts';
import { fromValues } from './from-values.ts';

describe('add', () => {
  it('is commutative and associative, and empty is neutral', () => {
    fc.assert(
      fc.property(histogram, histogram, histogram, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(add(a, EMPTY_HISTOGRAM)).toEqual(a);
      }),
    );
  });

  it('of parts is the histogram of the whole, in any order', () => {
    const shuffled = latencies.chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.nat(200), ([values, other], cut) => {
        const parts = [fromValues(other.slice(0, cut)), fromValues(other.slice(cut))];
        expect(addAll(parts)).toEqual(fromValues(values));
        expect(countOf(addAll(parts))).toBe(values.length);
      }),
    );
  });
});

describe('subtract', () => {
  it('undoes add', () => {
    fc.assert(
      fc.property(histogram, histogram, (a, b) => {
        expect(subtract(add(a, b), a)).toEqual(b);
      }),
    );
  });

  it('names the bucket whose count fell', () => {
    expect(() => subtract(fromValues([4]), fromValues([4, 4]))).toThrow(
      new RangeError('bucket 128 fell from 2 to 1'),
    );
    expect(() => subtract(fromValues([8]), fromValues([4]))).toThrow('bucket 128 fell from 1 to 0');
    expect(() => subtract(fromValues([2]), fromValues([2, 4]))).toThrow(
      'bucket 128 fell from 1 to 0',
    );
    expect(() => subtract(fromValues([4]), fromValues([0, 4]))).toThrow(
      'the zero bucket fell from 1 to 0',
    );
  });
});

describe('censor', () => {
  it('adds observations at the limit', () => {
    expect(censor(fromValues([1, 3]), 2, 5000)).toEqual(fromValues([1, 3, 5000, 5000]));
    expect(censor(EMPTY_HISTOGRAM, 0, 5000)).toEqual(EMPTY_HISTOGRAM);
  });

  it('refuses what is no count', () => {
    expect(() => censor(EMPTY_HISTOGRAM, -1, 5000)).toThrow(RangeError);
    expect(() => censor(EMPTY_HISTOGRAM, 1, Number.NaN)).toThrow(RangeError);
  });
});
