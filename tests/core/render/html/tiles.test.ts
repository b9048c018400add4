import { expect, it } from 'vitest';
import { renderTiles } from '../../../../lib/core/render/html/tiles.ts';

const widths = (gauge: { value: number; limit: number }) => {
  const tile = { label: 'Success', value: '42%', note: '', state: 'missed', gauge } as const;
  const text = renderTiles([tile])?.text ?? '';
  return [/class="value"[^>]* width="([^"]*)"/, /class="limit" x="([^"]*)"/].map((pattern) =>
    Number(pattern.exec(text)?.[1]),
  );
};

it('draws a figure and its limit on one scale, and neither leaves it', () => {
  expect(widths({ value: 0.42, limit: 0.9 })).toEqual([42, 90]);
  expect(widths({ value: 1.2, limit: 1 })).toEqual([100, 99]);
  expect(widths({ value: -0.1, limit: 0 })).toEqual([0, 0]);
});

it('draws nothing for a figure without a limit', () => {
  const tile = { label: 'Sent', value: '10/s', note: '600 orders' };
  expect(renderTiles([tile])?.text).not.toContain('<svg');
  expect(renderTiles([])).toBeNull();
});
