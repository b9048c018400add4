import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAboutUsd,
  formatDuration,
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
  formatUnitCost,
  groupDigits,
} from '../../../lib/core/report/format-figure.ts';

describe('formatRatio', () => {
  it.each([
    [1, '100%'],
    [0.99999, '>99.99%'],
    [0.98997, '99%'],
    [0.98994, '98.99%'],
    [0.29, '29%'],
    [0.00006, '0.01%'],
    [0.00001, '<0.01%'],
    [0, '0%'],
  ])('writes %f as %s', (ratio, text) => expect(formatRatio(ratio)).toBe(text));

  it('is nowhere further off than half of its last digit', () => {
    fc.assert(
      fc.property(ratios, (ratio) => {
        expect(Math.abs(percentIn(formatRatio(ratio)) - ratio * 100)).toBeLessThanOrEqual(HALF);
      }),
    );
  });
});

describe('formatUnitCost', () => {
  it.each([
    [0, '$0'],
    [0.00012345, '$0.000123'],
    [0.2, '$0.20'],
    [0.36666, '$0.367'],
    [1, '$1.00'],
    [12.345, '$12.35'],
    [1234.5, '$1,235'],
  ])('writes %f as %s', (usd, text) => expect(formatUnitCost(usd)).toBe(text));
});

describe('formatMs', () => {
  it.each([
    [100.2, '100 ms'],
    [12.34, '12.3 ms'],
    [12.36, '12.4 ms'],
    [1.234, '1.23 ms'],
    [999.4, '999 ms'],
    [999.7, '1 s'],
    [1234, '1.23 s'],
    [12_340, '12.3 s'],
    [123_400, '123 s'],
    [null, 'not known'],
  ])('writes %s as %s', (ms, text) => expect(formatMs(ms)).toBe(text));

  it('is nowhere further off than half of its last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 10, max: 1e6, noNaN: true }), (ms) => {
        expect(Math.abs(msIn(formatMs(ms)) - ms) / ms).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });

  it('never shows a longer duration as a shorter one', () => {
    fc.assert(
      fc.property(durations, durations, (one, other) => {
        const [short, long] = [Math.min(one, other), Math.max(one, other)];
        expect(msIn(formatMs(short))).toBeLessThanOrEqual(msIn(formatMs(long)));
      }),
    );
  });
});

describe('a figure beside its limit', () => {
  it.each([
    [0.98997, 0.99, '98.997%'],
    [0.99003, 0.99, '99.003%'],
    [0.99, 0.99, '99%'],
    [0.985, 0.99, '98.5%'],
    [0.999, 0.999, '99.9%'],
    [0.99993, 0.99995, '99.99%'],
    [0.99996, 0.99995, '99.996%'],
    [1, 0.99, '100%'],
  ])('writes the ratio %f beside %f as %s', (ratio, limit, text) =>
    expect(formatRatioAgainst(ratio, limit)).toBe(text),
  );

  it.each([
    [1000.4, 1000, '1.0004 s'],
    [999.96, 1000, '999.96 ms'],
    [1000, 1000, '1 s'],
    [1234.5, 1234, '1.2345 s'],
    [50.04, 50, '50.04 ms'],
    [171.4, 1000, '171 ms'],
    [null, 1000, 'not known'],
  ])('writes %s ms beside %s ms as %s', (ms, limit, text) =>
    expect(formatMsAgainst(ms, limit)).toBe(text),
  );

  it('never lies on the other side of the limit, nor on it', () => {
    fc.assert(
      fc.property(fc.constantFrom(-1, 0, 1), nearLimit, (more, { limit, orders }) => {
        const ratio = (Math.round(limit * orders) + more) / orders;
        const text = formatRatioAgainst(ratio, limit);
        expect(Math.sign(decimal(text, 'e-2') - limit)).toBe(Math.sign(ratio - limit));
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), offsets, (limitMs, offset) => {
        const ms = limitMs + offset;
        const text = formatMsAgainst(ms, limitMs);
        expect(Math.sign(msIn(text) - limitMs)).toBe(Math.sign(ms - limitMs));
      }),
    );
  });
});

it('has only the usual digits beside a limit that is far away', () => {
  fc.assert(
    fc.property(ratios, (ratio) => {
      expect(formatRatioAgainst(ratio, 2)).toBe(formatRatio(ratio));
    }),
  );
  fc.assert(
    fc.property(durations, (ms) => {
      expect(formatMsAgainst(ms, 2e6)).toBe(formatMs(ms));
    }),
  );
});

describe('groupDigits', () => {
  it.each([
    [999, '999'],
    [1234567, '1,234,567'],
  ])('writes %i as %s', (value, text) => expect(groupDigits(value)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [800, '800 ms'],
    [3700, '3.7 s'],
    [59_960, '1 min'],
    [90_000, '1 min 30 s'],
    [300_000, '5 min'],
    [599_600, '10 min'],
    [750_000, '13 min'],
    [6_000_000, '1 h 40 min'],
    [7_200_000, '2 h'],
    [248_400_000, '69 h'],
    [1_036_800_000, '12 days'],
  ])('writes %i as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

const HALF = 0.005 + 1e-9;
const ratios = fc.double({ min: 0.0001, max: 0.9999, noNaN: true });
const durations = fc.double({ min: 0, max: 1e6, noNaN: true });
/** An order more or less than the limit asks for, down to one in ten million. */
const nearLimit = fc.record({
  limit: fc.constantFrom(0.5, 0.9, 0.95, 0.98, 0.987, 0.99, 0.999, 0.9995, 0.9999),
  orders: fc.constantFrom(10_000, 100_000, 1_000_000, 10_000_000),
});
const offsets = fc.constantFrom(0, 0.000_1, -0.000_1, 0.004, -0.004, 0.4, -0.4, 3, -0.9);

function decimal(text: string, exponent: string): number {
  return Number(`${text.replace(/[<>%]|m?s$/g, '').trim()}${exponent}`);
}

const percentIn = (text: string) => decimal(text, '');

function msIn(text: string): number {
  return decimal(text, text.endsWith(' ms') ? '' : 'e3');
}

it.each([
  [0.0039, 'about $0.0039'],
  [0.00001, 'less than $0.0001'],
])('writes an estimate of %d dollars as %s', (usd, text) => {
  expect(formatAboutUsd(usd)).toBe(text);
});
