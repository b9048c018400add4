import { describe, expect, it } from 'vitest';
import { formatMs } from '../../../../lib/core/report/format-figure.ts';
import { estimateText, intervalText } from '../../../../lib/core/summary/tune/estimate-text.ts';

describe('estimateText', () => {
  it.each([
    [null, '–'],
    [{ value: 20, low: null, high: null }, '20 ms'],
    [{ value: 20, low: 19.5, high: 20.6 }, '20 ms ±2.8%'],
    [{ value: 20, low: 0.1, high: 39.9 }, '20 ms ±99%'],
    [{ value: 20, low: 2, high: 200 }, '20 ms ±>100%'],
    [{ value: 0, low: 0, high: 3 }, '0 ms'],
  ])('writes %j as %s', (estimate, text) => {
    expect(estimateText(estimate, formatMs)).toBe(text);
  });
});

it('writes an interval with both ends, or not at all', () => {
  expect(intervalText({ low: 2, high: 200 }, formatMs)).toBe('95% interval 2 ms to 200 ms');
  expect(intervalText({ low: null, high: 200 }, formatMs)).toBe('');
});
