import type uPlot from 'uplot';

/** A bar of a value above zero is at least this high, so that one of a thousand is still seen. */
const MIN_HEIGHT_PX = 2;
const GAP_PX = 1;

/**
 * Bars as wide as `width` on the x axis.
 * @param isStacked whether each bar stands on that of the series before it.
 */
export function barPaths(width: number, isStacked: boolean): uPlot.Series.PathBuilder {
  return (plot, seriesIdx, from, to) => {
    const fill = new Path2D();
    const tops = plot.data[seriesIdx] as readonly (number | null)[];
    const floors = isStacked && seriesIdx > 1 ? plot.data[seriesIdx - 1] : undefined;
    const gap = GAP_PX * devicePixelRatio;
    for (let position = from; position <= to; position += 1) {
      const value = tops[position] ?? 0;
      const floor = floors?.[position] ?? 0;
      if (value <= floor) continue;
      const x = plot.data[0][position] as number;
      const left = Math.round(plot.valToPos(x - width / 2, 'x', true));
      const right = Math.round(plot.valToPos(x + width / 2, 'x', true));
      const bottom = plot.valToPos(floor, 'y', true);
      const top = Math.min(
        plot.valToPos(value, 'y', true),
        bottom - MIN_HEIGHT_PX * devicePixelRatio,
      );
      fill.rect(left, top, Math.max(gap, right - left - gap), bottom - top);
    }
    return { fill, stroke: null, clip: null };
  };
}
