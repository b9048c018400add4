import { describe, expect, it } from 'vitest';
import { formatMs, formatRatio, groupDigits } from '../../../lib/core/report/format-figure.ts';

describe('formatRatio', () => {
  it.each([
    [1, '100%'],
    [0.99999, '99.99%'],
    [0.98997, '98.99%'],
    [0.29, '29%'],
    [0.00001, '<0.01%'],
    [0, '0%'],
  ])('writes %f as %s', (ratio, text) => expect(formatRatio(ratio)).toBe(text));
});

describe('formatMs', () => {
  it.each([
    [100.2, '101 ms'],
    [12.34, '12.4 ms'],
    [1.234, '1.24 ms'],
    [12_340, '12.4 s'],
    [null, 'not known'],
  ])('writes %s as %s', (ms, text) => expect(formatMs(ms)).toBe(text));
});

describe('groupDigits', () => {
  it.each([
    [999, '999'],
    [1234567, '1,234,567'],
  ])('writes %i as %s', (value, text) => expect(groupDigits(value)).toBe(text));
});
