import { expect, it } from 'vitest';
import { bar } from '../../../lib/core/render/bar.ts';

it.each([
  [0, ''],
  [Number.NaN, ''],
  [0.0001, '▏'],
  [0.5, '████'],
  [1, '████████'],
  [7, '████████'],
])('a share of %d is %s', (share, expected) => {
  expect(bar(share, 8)).toBe(expected);
});
