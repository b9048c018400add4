import type uPlot from 'uplot';
import type { ChartData } from '../core/render/html/chart-data.ts';
import type { Heatmap } from '../core/render/html/heatmap.ts';
import { colorOf } from './theme.ts';

/** Four strengths of the color, by a cell's share of the orders of its window. */
const STEPS = [
  { upTo: 0.02, alpha: 0.12, text: 'up to 2%' },
  { upTo: 0.1, alpha: 0.28, text: '10%' },
  { upTo: 0.4, alpha: 0.5, text: '40%' },
  { upTo: 1, alpha: 0.8, text: 'more' },
] as const;

/** Draws each window's distribution of latencies as a column of cells. */
export function drawHeatmap(
  plot: uPlot,
  { atSeconds, windowSeconds }: ChartData,
  map: Heatmap,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = colorOf('heat');
  map.columns.forEach((column, position) => {
    const total = column.reduce((sum, [, count]) => sum + count, 0);
    const middle = atSeconds[position] ?? 0;
    const left = Math.round(plot.valToPos(middle - windowSeconds / 2, 'x', true));
    const right = Math.round(plot.valToPos(middle + windowSeconds / 2, 'x', true));
    for (const [row, count] of column) {
      const low = map.lowMs * map.rowRatio ** row;
      const top = Math.round(plot.valToPos(low * map.rowRatio, 'y', true));
      const bottom = Math.round(plot.valToPos(low, 'y', true));
      ctx.globalAlpha = STEPS.find(({ upTo }) => count / total <= upTo)?.alpha ?? 1;
      ctx.fillRect(left, top, right - left, bottom - top);
    }
  });
  ctx.restore();
}

/** What the strengths of the color mean. */
export function heatmapKey(): HTMLElement {
  const key = document.createElement('span');
  key.className = 'key heat';
  key.append("Share of a window's orders:");
  for (const { alpha, text } of STEPS) {
    const step = document.createElement('span');
    const cell = document.createElement('i');
    cell.style.opacity = String(alpha);
    step.append(cell, text);
    key.append(step);
  }
  return key;
}

/** All rows of the heatmap and the SLO, unless the SLO is so far above that it would flatten them. */
export function heatmapRange(map: Heatmap | null, sloMs: number): readonly [number, number] {
  if (map === null) return [sloMs / 10, sloMs * 2];
  const { lowMs, rowRatio, rows } = map;
  const highMs = lowMs * rowRatio ** rows;
  const top = sloMs < highMs * 30 ? Math.max(highMs, sloMs * 1.25) : highMs;
  return [lowMs / 1.1, top * 1.1];
}
