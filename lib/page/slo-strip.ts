import type uPlot from 'uplot';
import type { ChartData } from '../core/render/html/chart-data.ts';
import { formatCount, groupDigits } from '../core/report/format-figure.ts';
import { legendKey } from './chart-legend.ts';
import { colorOf } from './theme.ts';

const STRIP_PX = 6;

/** Marks the windows below the x axis: solid where the SLO was missed, hatched where there was nothing to judge. */
export function drawSloStrip(plot: uPlot, data: ChartData): void {
  const { ctx, bbox } = plot;
  const half = data.windowSeconds / 2;
  const height = STRIP_PX * devicePixelRatio;
  const top = bbox.top + bbox.height + devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, top, bbox.width, height);
  ctx.clip();
  data.windowSlos.forEach(({ state }, position) => {
    if (state === 'met') return;
    const middle = data.atSeconds[position] ?? 0;
    const left = Math.round(plot.valToPos(middle - half, 'x', true));
    const right = Math.round(plot.valToPos(middle + half, 'x', true));
    if (state === 'missed') {
      ctx.fillStyle = colorOf('bad');
      ctx.fillRect(left, top, right - left, height);
    } else hatch(ctx, left, right, top, height);
  });
  ctx.restore();
}

function hatch(
  ctx: CanvasRenderingContext2D,
  left: number,
  right: number,
  top: number,
  height: number,
): void {
  ctx.strokeStyle = colorOf('muted');
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  // Lines at multiples of the height join those of the next window.
  for (let x = Math.floor(left / height) * height; x < right; x += height) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.save();
  ctx.clip(rectangle(left, top, right - left, height));
  ctx.stroke();
  ctx.restore();
}

function rectangle(left: number, top: number, width: number, height: number): Path2D {
  const path = new Path2D();
  path.rect(left, top, width, height);
  return path;
}

/** What the strip says, for the legend; nothing if every window met the SLO. */
export function sloStripKeys({ windowSlos }: ChartData): HTMLElement[] {
  const missed = windowSlos.filter(({ state }) => state === 'missed').length;
  const none = windowSlos.filter(({ state }) => state === 'none').length;
  const keys: HTMLElement[] = [];
  const all = groupDigits(windowSlos.length);
  if (missed > 0) {
    keys.push(legendKey('bad', 'fill', `SLO missed in ${groupDigits(missed)} of ${all} windows`));
  }
  if (none > 0) {
    keys.push(legendKey('muted', 'hatched', `Nothing to judge in ${formatCount(none, 'window')}`));
  }
  return keys;
}
