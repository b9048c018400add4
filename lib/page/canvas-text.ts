import type uPlot from 'uplot';
import { colorOf } from './theme.ts';

/** Size in CSS pixels of the smallest text in a chart. */
const TEXT_PX = 12;

export const FONT = `${TEXT_PX}px system-ui, sans-serif`;

/** Prepares a context for `haloText`; sizes of a canvas are in device pixels. */
export function useChartFont(ctx: CanvasRenderingContext2D): void {
  ctx.font = `${TEXT_PX * devicePixelRatio}px system-ui, sans-serif`;
}

/** Text that stays readable where lines cross it: its outline has the color of the card. */
export function haloText(ctx: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  ctx.save();
  ctx.strokeStyle = colorOf('card');
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.lineJoin = 'round';
  ctx.setLineDash([]);
  ctx.strokeText(text, x, y);
  ctx.restore();
  ctx.fillText(text, x, y);
}

/** Draws a dashed level with its name on the right, above the line, or below it near the top. */
export function drawLevel(plot: uPlot, scale: string, value: number, text: string): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(value, scale, true);
  if (!(y >= bbox.top && y <= bbox.top + bbox.height)) return;
  ctx.save();
  ctx.strokeStyle = colorOf('slo');
  ctx.fillStyle = colorOf('slo');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  useChartFont(ctx);
  const isNearTop = y - bbox.top < 20 * devicePixelRatio;
  ctx.textAlign = 'right';
  ctx.textBaseline = isNearTop ? 'top' : 'bottom';
  const gap = 4 * devicePixelRatio;
  haloText(ctx, text, bbox.left + bbox.width - gap, y + (isNearTop ? gap : -gap));
  ctx.restore();
}
