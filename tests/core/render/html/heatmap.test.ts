import { expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../../../lib/core/histogram/histogram.ts';
import { heatmapOf } from '../../../../lib/core/render/html/heatmap.ts';
import { fromValues } from '../../histogram/from-values.ts';

it('counts every value once, in the row whose bounds hold it', () => {
  const windows = [[1, 1.5, 7, 7.1], [0.4, 3000], []];
  const map = heatmapOf(windows.map((values) => fromValues(values)));
  if (map === null) throw new Error('no map');
  expect(map.rows).toBeLessThanOrEqual(40);
  windows.forEach((values, position) => {
    const column = map.columns[position] ?? [];
    expect(column.reduce((sum, [, count]) => sum + count, 0)).toBe(values.length);
    for (const value of values) {
      const row = Math.floor(Math.log(value / map.lowMs) / Math.log(map.rowRatio) - 1e-9);
      expect(
        column.map(([index]) => index),
        `${value}`,
      ).toContain(row);
    }
  });
});

it('is nothing where there is nothing', () => {
  expect(heatmapOf([EMPTY_HISTOGRAM])).toBeNull();
  expect(heatmapOf([])).toBeNull();
});
