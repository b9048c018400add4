import { describe, expect, it } from 'vitest';
import { durationSeconds, peakRate } from '../../../lib/core/load/stages.ts';
import {
  isSettling,
  roundRate,
  stagesOfStep,
  staircase,
} from '../../../lib/core/load/staircase.ts';

describe('staircase', () => {
  const stages = staircase({ peakPerSecond: 200, ratio: 1.5, steps: 8, stepSeconds: 15 });
  const judged = stages.filter(({ name }) => !isSettling(name));

  it('climbs by the same ratio to the peak', () => {
    expect(peakRate(stages)).toBe(200);
    const rates = judged.map(({ toRate }) => toRate);
    expect(rates).toEqual([11.7, 17.6, 26.3, 39.5, 59.3, 88.9, 133, 200]);
  });

  it('keeps the names of steps and the length of each', () => {
    expect(judged.map(({ name }) => name)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `step-${n}`),
    );
    expect(durationSeconds(stages)).toBe(120);
  });

  it('lets the first quarter of each step settle at the same rate', () => {
    for (const [index, step] of judged.entries()) {
      const settling = stages[2 * index];
      expect(settling).toEqual({
        name: `${step.name}-settling`,
        durationSeconds: 3.75,
        fromRate: step.fromRate,
        toRate: step.toRate,
      });
      expect(step).toMatchObject({ durationSeconds: 11.25, fromRate: step.toRate });
    }
  });
});

it('splits any length without a loss', () => {
  const stages = stagesOfStep({ name: 'refine-1', ratePerSecond: 93.5, seconds: 11 });
  expect(durationSeconds(stages)).toBe(11);
  expect(stages.map(({ name }) => name)).toEqual(['refine-1-settling', 'refine-1']);
});

it.each([
  [93.5414, 93.5],
  [1234.5, 1230],
  [0.012345, 0.012],
])('rounds %d/s to %d/s', (rate, rounded) => {
  expect(roundRate(rate)).toBe(rounded);
});
