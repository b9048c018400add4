import type uPlot from 'uplot';
import type { StageSpan } from '../core/render/html/chart-data.ts';
import { haloText, useChartFont } from './canvas-text.ts';
import { colorOf } from './theme.ts';

/** Narrower stages are not shaded: stripes of a few pixels would hide the figures. */
const MIN_SHADE_PX = 6;
const HAIRLINE_ALPHA = 0.6;

/**
 * Marks the stages of the load, with their names above the plot where they fit.
 * @param look `hairlines` where shading could be taken for data.
 */
export function drawStages(
  plot: uPlot,
  stages: readonly StageSpan[],
  look: 'shades' | 'hairlines',
): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const x = (seconds: number) =>
    Math.round(Math.min(right, Math.max(bbox.left, plot.valToPos(seconds, 'x', true))));
  ctx.save();
  useChartFont(ctx);
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  stages.forEach(({ name, fromSeconds, toSeconds }, position) => {
    const [from, to] = [x(fromSeconds), x(toSeconds)];
    if (to <= from || stages.length === 1) return;
    if (look === 'hairlines') {
      ctx.fillStyle = colorOf('muted');
      ctx.globalAlpha = HAIRLINE_ALPHA;
      if (position > 0 && from > bbox.left)
        ctx.fillRect(from, bbox.top, devicePixelRatio, bbox.height);
      ctx.globalAlpha = 1;
    } else if (position % 2 === 1 && to - from >= MIN_SHADE_PX * devicePixelRatio) {
      ctx.fillStyle = colorOf('stage');
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
    }
    const gap = 4 * devicePixelRatio;
    if (ctx.measureText(name).width + gap > to - from) return;
    ctx.fillStyle = colorOf('muted');
    haloText(ctx, name, from + gap / 2, bbox.top - gap);
  });
  ctx.restore();
}
