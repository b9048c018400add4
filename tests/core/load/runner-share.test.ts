import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOfShare,
  type RunnerShare,
  runnerShare,
  shareOf,
} from '../../../lib/core/load/runner-share.ts';

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** A fraction in the words of k6, which reduces it. */
function fraction(part: number, whole: number): string {
  const common = divisor(part, whole);
  return whole === common ? `${part / common}` : `${part / common}/${whole / common}`;
}

const segmentsOf = (runners: number) =>
  Array.from({ length: runners }, (_, i) => `${fraction(i, runners)}:${fraction(i + 1, runners)}`);
const sharesOf = (runners: number) => segmentsOf(runners).map(runnerShare);
const runnersOf = (order: number, shares: readonly RunnerShare[]) =>
  shares.filter((share) => isOfShare(order, share)).length;

it('spells segments as k6 does', () => {
  expect(segmentsOf(4)).toEqual(['0:1/4', '1/4:1/2', '1/2:3/4', '3/4:1']);
});

describe.each([2, 3, 4, 7, 16])('%d runners', (runners) => {
  const shares = sharesOf(runners);

  it('send every order, and each of them once', () => {
    for (let order = 0; order < 10_000; order += 1) expect(runnersOf(order, shares)).toBe(1);
    // Their hashes are sixteenths of all: on the border of two runners.
    for (let i = 0; i < 16; i += 1) expect(runnersOf(i * 2 ** 28, shares)).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (order) => {
        expect(runnersOf(order, shares)).toBe(1);
      }),
    );
  });

  it('send as many as their share at any moment, give or take three', () => {
    for (const share of shares) {
      let sent = 0;
      for (let orders = 1; orders <= 10_000; orders += 1) {
        if (isOfShare(orders - 1, share)) sent += 1;
        if (Math.abs(sent - orders / runners) > 3) {
          throw new Error(`${sent} of ${orders} orders are not a share of 1/${runners}`);
        }
      }
    }
  });
});

it('sends everything without a segment', () => {
  for (const segment of [null, undefined, '', '0:1']) {
    const share = runnerShare(segment);
    expect(share).toEqual({ from: 0, to: 2 ** 32 });
    expect(isOfShare(0, share) && isOfShare(2 ** 32 - 1, share)).toBe(true);
  }
});

it('does not care how a fraction is spelled, nor whether all segments are of one length', () => {
  expect(runnerShare('2/4:6/8')).toEqual(runnerShare('1/2:3/4'));
  const uneven = ['0:1/10', '1/10:1/3', '1/3:1'].map(runnerShare);
  for (let order = 0; order < 10_000; order += 1) expect(runnersOf(order, uneven)).toBe(1);
});

it.each([
  ...['1/2', '1', ':', '0:', ':1', '0:1:2', '0:1/2:1', 'a:b', '0:x', '0.5:1', '0%:50%'],
  ...['-1/2:1', '0:+1', '0: 1', '0/:1', '0:1/', '0:1//2', '0:1/2/3', '0:1/2\n', '0:1e0'],
  ...['1/0:1', '0:1/0', '0:0/0', '0:2', '1:1/2', '1/2:1/2'],
])('refuses %j', (segment) => {
  expect(() => runnerShare(segment)).toThrow(RangeError);
  expect(() => runnerShare(segment)).toThrow('is no execution segment of k6');
});

describe('shareOf', () => {
  it('gives no runner nothing, and all of them together no less than the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 50 }),
        (whole, runners) => {
          const parts = sharesOf(runners).map((share) => shareOf(whole, share));
          const sum = parts.reduce((all, part) => all + part, 0);
          expect(Math.min(...parts)).toBeGreaterThanOrEqual(1);
          expect(Math.max(...parts)).toBeLessThanOrEqual(Math.floor(whole / runners) + 1);
          expect(sum).toBeGreaterThanOrEqual(whole);
        },
      ),
    );
  });

  it('is the whole for one runner', () => {
    expect(shareOf(505, runnerShare(null))).toBe(505);
  });
});
