import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { changePoints } from '../../../../lib/core/trend/changes/change-points.ts';
import { LOOKS_TO_CONFIRM } from '../../../../lib/core/trend/changes/changes-by-night.ts';
import type { NOISES } from '../../../../studies/trend/run-noise.ts';
import {
  confirmedByLooking,
  foundIn,
  foundInNights,
} from '../../../../studies/trend/trend-validation.ts';

const LEAST = Math.log(1.03);
const SERIES = 2000;
const placesOf = (values: readonly number[]) =>
  changePoints(values.map(Math.log), LEAST).map(({ at }) => at);

describe('changePoints on series of known noise (all of it: studies/trend/trend-validation.ts)', () => {
  it.each([
    ['gauss', 0.9],
    ['t3', 0.9],
    ['outliers', 0.8],
    ['AR(0.3)', 0.8],
  ] as const)('%s: few false alarms, and a small change at night 60 found', (noise, least) => {
    const share = (at: number | null, step: number) =>
      foundIn({ cv: 0.03, at, step }, noise as keyof typeof NOISES, SERIES, 11) / SERIES;
    expect(share(null, 0)).toBeLessThanOrEqual(0.05);
    expect(share(60, 0.05)).toBeGreaterThanOrEqual(least);
  });

  it('counts three runs of a night as one', () => {
    const share = (at: number | null, step: number) =>
      foundInNights({ cv: 0.03, at, step }, SERIES, 11) / SERIES;
    expect(share(null, 0)).toBeLessThanOrEqual(0.05);
    expect(share(60, 0.05)).toBeGreaterThanOrEqual(0.9);
  });
});

it('confirms few changes that are none, though it looks after every night', () => {
  const confirmed = (cell: { at: number | null; step: number }, least: number) =>
    confirmedByLooking({ cv: 0.03, ...cell }, 'outliers', least, 100, 11);
  const none = { at: null, step: 0 };
  expect(confirmed(none, LOOKS_TO_CONFIRM)).toBeLessThanOrEqual(8);
  expect(confirmed(none, 1)).toBeGreaterThan(12);
  expect(confirmed({ at: 60, step: 0.05 }, LOOKS_TO_CONFIRM)).toBeGreaterThanOrEqual(80);
});

describe('changePoints', () => {
  it('finds nothing in equal, in few and in no values', () => {
    expect(
      changePoints(
        Array.from({ length: 90 }, () => 5),
        LEAST,
      ),
    ).toEqual([]);
    expect(changePoints([1, 1, 1, 1, 9, 9, 9, 9, 9], LEAST)).toEqual([]);
    expect(changePoints([], LEAST)).toEqual([]);
  });

  it('finds a step in a series without noise within one, and its size', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i < 25 ? 0 : 1));
    const [change] = changePoints(values, LEAST);
    expect(change).toMatchObject({ shift: 1 });
    expect(Math.abs((change?.at ?? 0) - 25)).toBeLessThanOrEqual(1);
    expect(change?.p).toBeLessThan(1e-6);
  });

  it('takes neither one outlier nor a shift below the least for a change', () => {
    const noise = (i: number) => 0.005 * Math.sin(i * i);
    const outlier = Array.from({ length: 60 }, (_, i) => noise(i) + (i === 30 ? -0.5 : 0));
    const small = Array.from({ length: 60 }, (_, i) => noise(i) + (i < 30 ? 0 : 0.02));
    expect(changePoints(outlier, LEAST)).toEqual([]);
    expect(changePoints(small, LEAST)).toEqual([]);
  });
});

describe('changePoints on labelled histories', () => {
  const read = (context: TestContext, name: string, source: string): string => {
    const file = resolve(process.cwd(), '../shared/data', name);
    if (!existsSync(file)) context.skip(`needs data of others: ${source} as ${file}`);
    return readFileSync(file, 'utf8');
  };

  it('agrees on tigerbeetle: every consensus point within 5, and no outlier', (context) => {
    const source = 'tests/tigerbeetle_test.py of github.com/apache/otava';
    const data = JSON.parse(read(context, 'otava/tigerbeetle.json', source)) as {
      consensusChangePoints: number[];
      outliersThatAreNotChangePoints: number[];
      series: number[];
    };
    const found = placesOf(data.series);
    for (const point of data.consensusChangePoints) {
      expect(
        found.some((at) => Math.abs(at - point) <= 5),
        `${point}`,
      ).toBe(true);
    }
    for (const outlier of data.outliersThatAreNotChangePoints) {
      expect(found.filter((at) => Math.abs(at - outlier) <= 1)).toEqual([]);
    }
    expect(found.length).toBeLessThanOrEqual(7);
  });

  it('finds the first change of Horreum within 5', (context) => {
    const lines = read(
      context,
      'horreum/horreum.csv',
      'horreum.csv of github.com/Hyperfoil/Horreum',
    )
      .trim()
      .split('\n')
      .slice(1);
    const first = lines.findIndex((line) => line.endsWith(',1535410'));
    const [found = Number.NaN] = placesOf(lines.map((line) => Number.parseFloat(line)));
    expect(Math.abs(found - first)).toBeLessThanOrEqual(5);
  });
});
