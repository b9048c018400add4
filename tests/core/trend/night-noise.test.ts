import { expect, it } from 'vitest';
import { nightNoise } from '../../../lib/core/trend/night-noise.ts';

const HOUR_MS = 3_600_000;
const runs = (nights: readonly (readonly number[])[]) =>
  nights.flatMap((levels, night) =>
    levels.map((level, run) => ({ level, startedAtMs: (24 * night + run) * HOUR_MS })),
  );
const se = (variance: number) => expect.closeTo(Math.sqrt(variance), 12) as number;

it('is s √(1 + 1/K) where each run has its night, or all have one', () => {
  const expected = { se: se(1 * (1 + 1 / 3)), df: 2 };
  expect(nightNoise(runs([[1], [2], [3]]))).toEqual(expected);
  expect(nightNoise(runs([[1, 2, 3]]))).toEqual(expected);
});

it('counts nights where the runs of a night are the same', () => {
  const { se: error, df } = nightNoise(
    runs([
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ]),
  );
  expect(df).toBeCloseTo(2, 12);
  expect(error).toBeCloseTo(Math.sqrt(1 * (1 + 1 / 3)), 12);
});

it('counts runs where the nights are the same', () => {
  const levels = [1, 2, 4, 1, 2, 4, 1, 2, 4];
  const nights = [levels.slice(0, 3), levels.slice(3, 6), levels.slice(6)];
  const variance = 7 / 4;
  expect(nightNoise(runs(nights))).toEqual({ se: se(variance * (1 + 1 / 9)), df: 8 });
});

it('lies between the two where both vary', () => {
  // By hand: means 1 and 3; MSB = 2·(1+1)/1 = 4, MSW = (0.5+0.5)/2 = 0.5.
  const { se: error, df } = nightNoise(
    runs([
      [0.5, 1.5],
      [2.5, 3.5],
    ]),
  );
  const [ofNights, ofRuns] = [4 * (1 / 2 + 1 / 4), 0.5 / 2];
  expect(error).toBeCloseTo(Math.sqrt(ofNights + ofRuns), 12);
  expect(df).toBeCloseTo((ofNights + ofRuns) ** 2 / (ofNights ** 2 / 1 + ofRuns ** 2 / 2), 12);
});
