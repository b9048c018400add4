import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHistogram } from '../../../lib/core/histogram/parse-histogram.ts';
import { histogram } from './arbitraries.ts';

describe('parseHistogram', () => {
  it('reads back what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(histogram, (original) => {
        expect(parseHistogram(JSON.parse(JSON.stringify(original)))).toEqual(original);
      }),
    );
  });

  it.each([
    [null, 'histogram: expected an object'],
    [[], 'histogram: expected an object'],
    [{ schema: 3, zeroCount: 0, buckets: [] }, 'histogram.schema: expected 6'],
    [{ schema: 6, buckets: [] }, 'histogram.zeroCount'],
    [{ schema: 6, zeroCount: -1, buckets: [] }, 'histogram.zeroCount'],
    [{ schema: 6, zeroCount: 0, buckets: {} }, 'histogram.buckets: expected a list'],
    [{ schema: 6, zeroCount: 0, buckets: [[1]] }, 'histogram.buckets[0]: expected a pair'],
    [
      { schema: 6, zeroCount: 0, buckets: [[1.5, 1]] },
      'histogram.buckets[0]: expected a whole index',
    ],
    [
      { schema: 6, zeroCount: 0, buckets: [[1e9, 1]] },
      'histogram.buckets[0]: expected a whole index',
    ],
    [
      { schema: 6, zeroCount: 0, buckets: [[1, 0]] },
      'histogram.buckets[0]: expected a whole count',
    ],
    [
      {
        schema: 6,
        zeroCount: 0,
        buckets: [
          [1, 1],
          [1, 1],
        ],
      },
      'histogram.buckets[1]: indexes must ascend',
    ],
    [{ schema: 6, zeroCount: 0, buckets: [], sum: 3 }, 'histogram.sum: unknown field'],
  ])('refuses %j', (json, message) => {
    expect(() => parseHistogram(json)).toThrow(RangeError);
    expect(() => parseHistogram(json)).toThrow(message);
  });
});
