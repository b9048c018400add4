import type uPlot from 'uplot';
import type { PointLook } from './swatch.ts';
import { colorOf } from './theme.ts';

const SIZE_PX = 8;

/** Draws the given points of a line as dots, crosses or rings. */
export function pointMarks(
  look: PointLook,
  color: string,
  shown: readonly number[],
): uPlot.Series.Points {
  return {
    show: true,
    size: SIZE_PX,
    width: 2,
    stroke: colorOf(color),
    fill: colorOf(look === 'rings' ? 'card' : color),
    filter: () => [...shown],
    ...(look === 'crosses' ? { paths: crosses } : {}),
  };
}

const crosses: uPlot.Series.Points.PathBuilder = (plot, seriesIdx, _from, _to, shown) => {
  const stroke = new Path2D();
  const half = (SIZE_PX / 2) * devicePixelRatio;
  for (const position of shown ?? []) {
    const value = plot.data[seriesIdx]?.[position];
    if (value === null || value === undefined) continue;
    const x = plot.valToPos(plot.data[0][position] as number, 'x', true);
    const y = plot.valToPos(value, 'y', true);
    for (const side of [-half, half]) {
      stroke.moveTo(x - half, y - side);
      stroke.lineTo(x + half, y + side);
    }
  }
  return { stroke, fill: null, clip: null };
};
