import type uPlot from 'uplot';
import type { LinePlot, PlotLine } from '../core/text/line-plot.ts';
import { haloText, useChartFont } from './canvas-text.ts';
import { colorOf } from './theme.ts';

const CAP_PX = 4;
const RING_PX = 9;

/** Draws the 95% intervals of the lines that are shown, as bars with caps. */
export function drawIntervals(plot: uPlot, lines: readonly PlotLine[]): void {
  const { ctx, bbox } = plot;
  // A logarithmic axis has no place for 0, and a canvas draws nothing to an infinite one.
  const bottom = bbox.top + bbox.height;
  const xAt = (x: number) => Math.max(bbox.left, plot.valToPos(x, 'x', true));
  const yAt = (y: number) => Math.min(bottom, plot.valToPos(y, 'y', true));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  lines.forEach(({ color, points, intervals = [], xIntervals = [] }, position) => {
    if (plot.series[position + 1]?.show === false) return;
    ctx.strokeStyle = colorOf(color);
    ctx.beginPath();
    for (const [x, low, high] of intervals) bar(ctx, [xAt(x), yAt(low)], [xAt(x), yAt(high)]);
    const ys = new Map(points);
    for (const [x, low, high] of xIntervals) {
      const y = ys.get(x);
      if (y !== undefined) bar(ctx, [xAt(low), yAt(y)], [xAt(high), yAt(y)]);
    }
    ctx.stroke();
  });
  ctx.restore();
}

/** A line between two points, with a cap at each end. */
function bar(
  ctx: CanvasRenderingContext2D,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): void {
  const cap = CAP_PX * devicePixelRatio;
  const [dx, dy] = x1 === x2 ? [cap, 0] : [0, cap];
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  for (const [x, y] of [
    [x1, y1],
    [x2, y2],
  ] as const) {
    ctx.moveTo(x - dx, y - dy);
    ctx.lineTo(x + dx, y + dy);
  }
}

/** Draws a ring around a point, with its name above it, or below it near the top. */
export function drawMark(
  plot: uPlot,
  { x, y, label }: NonNullable<LinePlot['marks']>[number],
): void {
  const { ctx, bbox } = plot;
  const [left, top] = [plot.valToPos(x, 'x', true), plot.valToPos(y, 'y', true)];
  if (left < bbox.left || left > bbox.left + bbox.width) return;
  const radius = RING_PX * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colorOf('good');
  ctx.fillStyle = colorOf('good');
  ctx.lineWidth = 2.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.arc(left, top, radius, 0, 2 * Math.PI);
  ctx.stroke();
  useChartFont(ctx);
  const isNearTop = top - bbox.top < 40 * devicePixelRatio;
  const half = ctx.measureText(label).width / 2;
  const gap = 4 * devicePixelRatio;
  // Beside an edge the name stays inside the plot.
  const x0 = Math.min(bbox.left + bbox.width - half, Math.max(bbox.left + half, left));
  ctx.textAlign = 'center';
  ctx.textBaseline = isNearTop ? 'top' : 'bottom';
  haloText(ctx, label, x0, isNearTop ? top + radius + gap : top - radius - gap);
  ctx.restore();
}
