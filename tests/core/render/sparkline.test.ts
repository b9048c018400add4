import { expect, it } from 'vitest';
import { sparkline } from '../../../lib/core/render/sparkline.ts';

it.each<[string, (number | null)[], number, string]>([
  ['from nothing to the top', [0, 1, 2, 3, 4, 5, 6, 7, 8], 8, '▁▂▃▄▅▆▇██'],
  ['a gap for what is not known', [8, null, 0], 8, '█ ▁'],
  ['what is above the top is full', [16, -1], 8, '█▁'],
  ['a top of nothing', [0, 0], 0, '▁▁'],
  ['no value', [], 8, ''],
])('draws %s', (_, values, top, line) => {
  expect(sparkline(values, top)).toBe(line);
});
