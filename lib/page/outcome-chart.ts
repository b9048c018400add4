import uPlot from 'uplot';
import type { ChartData } from '../core/render/html/chart-data.ts';
import { axisLook, type ChartSpec } from './chart-frame.ts';
import { colorOf } from './theme.ts';

/** Bars stacked with the first outcome at the bottom; the legend shows the value of each outcome. */
export function outcomeChart({ outcomes, atSeconds }: ChartData): ChartSpec {
  const sums = atSeconds.map(() => 0);
  const stacked = outcomes.map(({ name, label, perSecond }) => ({
    name,
    label,
    perSecond,
    upTo: perSecond.map((value, position) => {
      sums[position] = (sums[position] ?? 0) + value;
      return sums[position];
    }),
  }));
  const paths = uPlot.paths.bars?.({ size: [1, 60], gap: 1 });
  // The tallest bar is drawn first, so each bar covers the lower part of the one above it.
  const drawn = stacked.toReversed();
  return {
    height: 240,
    scales: { y: { range: (_, __, max) => [0, Math.max(1, (max ?? 0) * 1.12)] } },
    axes: [
      {
        ...axisLook(),
        size: 62,
        values: (_, splits) => splits.map((value) => `${value.toLocaleString('en')}/s`),
      },
    ],
    series: drawn.map(({ name, label, perSecond }) => ({
      label,
      stroke: colorOf(name),
      fill: colorOf(name),
      width: 0,
      points: { show: false },
      ...(paths === undefined ? {} : { paths }),
      value: (_: uPlot, __: number, ___: number, position: number | null) =>
        position === null ? '–' : `${perSecond[position] ?? 0}/s`,
    })),
    values: drawn.map(({ upTo }) => upTo),
  };
}
