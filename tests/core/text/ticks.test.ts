import { describe, expect, it } from 'vitest';
import {
  doublingTicks,
  logTicks,
  multiples,
  roundStep,
  roundTop,
  timeStep,
} from '../../../lib/core/text/ticks.ts';

describe('ticks', () => {
  it.each([
    [100, 5, 20],
    [17.21, 5, 5],
    [0.86, 5, 0.2],
    [1755, 4, 500],
    [0.03, 6, 0.005],
    [10, 10, 1],
  ])('of a range of %d in at most %d parts are %d apart', (range, most, step) => {
    expect(roundStep(range, most)).toBe(step);
  });

  it.each([
    [45, 6, 10],
    [180, 6, 30],
    [300, 4, 120],
    [4 * 3600, 6, 3600],
    [0.4, 4, 0.1],
    [40 * 86_400, 4, 10 * 86_400],
  ])('of %d s in at most %d parts are %d s apart', (range, most, step) => {
    expect(timeStep(range, most)).toBe(step);
  });

  it('are exact multiples, with both ends', () => {
    expect(multiples(0, 0.3, 0.1)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(multiples(-0.9, 45.9, 10)).toEqual([0, 10, 20, 30, 40]);
  });

  it('of logarithmic axes are 1, 2 and 5 times powers of ten, as many as fit', () => {
    expect(logTicks(8.9, 106, 6)).toEqual([10, 20, 50, 100]);
    expect(logTicks(0.9, 20_000, 6)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(logTicks(0.9, 2e6, 3)).toEqual([1, 1000, 1_000_000]);
    expect(logTicks(31, 78, 6)).toEqual([40, 50, 60, 70]);
  });

  it('leave room above the highest value', () => {
    expect(roundTop(100, 5)).toBe(150);
    expect(roundTop(94, 5)).toBe(100);
    expect(roundTop(0, 5)).toBe(1);
  });

  it.each([
    [125, 3100, 6, [128, 256, 512, 1024, 2048]],
    [125, 3100, 3, [128, 512, 2048]],
    [128, 128, 6, [128]],
    [130, 200, 6, []],
  ])('of memory from %d to %d MB, at most %d, double', (min, max, most, ticks) => {
    expect(doublingTicks(min, max, most)).toEqual(ticks);
  });
});
