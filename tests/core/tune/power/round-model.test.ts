import { describe, expect, it } from 'vitest';
import { fitRounds, type Observation } from '../../../../lib/core/tune/power/round-model.ts';

/** One row for each round, one column for each cell; null where a cell was not measured. */
function table(rows: readonly (readonly (number | null)[])[], variance = 0): Observation[] {
  return rows.flatMap((row, round) =>
    row.flatMap((value, cell) => (value === null ? [] : [{ cell, round, value, variance }])),
  );
}

describe('rounds', () => {
  it('of two cells are a paired t-test where the variance within rounds is not known', () => {
    const model = fitRounds(
      table([
        [1, 1.5],
        [2, 2.3],
        [3, 3.7],
      ]),
    );
    const difference = model.difference(1, 0);
    expect(difference?.value).toBeCloseTo(0.5);
    // Differences 0.5, 0.3, 0.7: standard deviation 0.2; the quantile of t with two degrees of freedom is 4.303.
    expect(difference?.halfWidth).toBeCloseTo((4.303 * 0.2) / Math.sqrt(3), 3);
  });

  it('of several cells share what they show about the interaction', () => {
    const rows = [
      [0, 0.01, -0.01, 0],
      [1, 1, 1.01, 0.99],
      [2.01, 1.99, 2, 2],
    ];
    const model = fitRounds(table(rows));
    const alone = fitRounds(table(rows.map((row) => row.slice(0, 2))));
    expect(model.difference(1, 0)?.halfWidth).toBeLessThan(alone.difference(1, 0)?.halfWidth ?? 0);
  });

  it('do not vary less than what is within them', () => {
    const model = fitRounds(
      table(
        [
          [1, 2],
          [1, 2],
        ],
        0.5,
      ),
    );
    expect(model.difference(1, 0)?.halfWidth).toBeGreaterThan(1.96 * Math.sqrt((0.5 + 0.5) / 2));
  });

  it('drift in the level of a cell, and not in a difference', () => {
    const model = fitRounds(
      table(
        [
          [0, 1],
          [1, 2.001],
          [2, 2.999],
        ],
        1e-6,
      ),
    );
    expect(model.level(0)?.value).toBeCloseTo(1);
    expect(model.level(0)?.halfWidth).toBeCloseTo((4.303 * 1) / Math.sqrt(3), 2);
    expect(model.difference(1, 0)?.halfWidth).toBeLessThan(0.01);
  });

  it('of one cell are a t-interval', () => {
    const level = fitRounds(table([[1], [2], [3]])).level(0);
    expect(level?.value).toBe(2);
    expect(level?.halfWidth).toBeCloseTo(4.303 / Math.sqrt(3), 3);
  });

  it('compare two cells by those that have both', () => {
    const model = fitRounds(
      table([
        [0, 1, 0],
        [10, null, 10],
        [20, 21.1, 20],
      ]),
    );
    expect(model.difference(1, 0)?.value).toBeCloseTo(1.05);
    expect(model.difference(1, 3)).toBeNull();
    expect(model.level(3)).toBeNull();
  });

  it('give no interval if there is only one', () => {
    const model = fitRounds(table([[1, 2]], 0.1));
    expect(model.level(0)).toEqual({ value: 1, halfWidth: null });
    expect(model.difference(1, 0)).toEqual({ value: 1, halfWidth: null });
  });
});
