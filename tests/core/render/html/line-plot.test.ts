import { expect, it } from 'vitest';
import { plotDataOf, renderLinePlot } from '../../../../lib/core/render/html/line-plot.ts';
import type { LinePlot } from '../../../../lib/core/text/line-plot.ts';

const PLOT: LinePlot = {
  id: 'capacity',
  title: 'Rate against p95',
  note: 'Each point is a step.',
  summary: 'p95 rises from 20 to 900 ms.',
  x: { label: 'Rate', unit: 'perSecond' },
  y: { label: 'p95', unit: 'ms' },
  lines: [
    {
      name: 'A',
      color: 'p50',
      look: 'line',
      points: [
        [20, 900],
        [10, 20],
      ],
    },
    { name: 'B', color: 'p95', look: 'points', points: [[15, 40]] },
  ],
  levels: [],
};

it('has a table with the points of all lines by x', () => {
  const cells = [...renderLinePlot(PLOT).text.matchAll(/<t[hd](?: [^>]*)?>([^<]*)</g)].map(
    ([, t]) => t,
  );
  expect(cells).toEqual([
    ...['Rate', 'A', 'B'],
    ...['10/s', '20 ms', '–'],
    ...['15/s', '–', '40 ms'],
    ...['20/s', '900 ms', '–'],
  ]);
});

it('has no place for a plot without points, and none of its data', () => {
  const empty = { ...PLOT, lines: [] };
  expect(renderLinePlot(empty).text).toContain('There is nothing to draw');
  expect(renderLinePlot(empty).text).not.toContain('data-plot');
  expect(plotDataOf([PLOT, empty])).toEqual({ capacity: PLOT });
});
