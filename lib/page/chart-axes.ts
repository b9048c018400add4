import type uPlot from 'uplot';
import { type PlotUnit, plotFigure } from '../core/render/plot-figure.ts';
import {
  doublingTicks,
  logTicks,
  multiples,
  roundStep,
  roundTop,
  timeStep,
} from '../core/text/ticks.ts';
import { FONT } from './canvas-text.ts';
import type { ChartGroup } from './chart-group.ts';
import { colorOf } from './theme.ts';

export interface FrameAxis {
  readonly unit: PlotUnit;
  readonly isLog: boolean;
  readonly label?: string;
  /** Lowest and highest value shown; by default from 0 to a round value above the highest. */
  readonly range?: readonly [min: number, max: number];
  /** A value that is shown even if all others are below it. */
  readonly highest?: number;
  /** Instead of the unit's own text. */
  readonly text?: (value: number) => string;
}

/** Every chart has the same space beside its plot, so that the crosshairs of all charts stand in one line. */
const GUTTER_PX = { right: 20, left: 64 };
const TOP_PX = 10;
const NAMES_PX = 24;
const X_AXIS_PX = 36;
const X_LABEL_PX = 20;
/** A ratio ends at 1; points there need a little room. */
const ABOVE_ALL = 1.04;
/** Fewest CSS pixels between the ticks of an axis. */
const TICK_PX = { x: 84, y: 38 };

/**
 * Scales and axes of a chart, with round ticks.
 * @param hasNames whether there is room for names above the plot.
 */
export function axesOf(
  x: FrameAxis,
  y: FrameAxis,
  group: ChartGroup,
  hasNames: boolean,
): Pick<uPlot.Options, 'scales' | 'axes' | 'padding'> {
  return {
    padding: [hasNames ? NAMES_PX : TOP_PX, GUTTER_PX.right, 0, 0],
    scales: {
      x: { time: false, ...logScale(group.isLog), range: () => [...group.span()] },
      y: {
        ...logScale(y.isLog),
        range: (plot, _, highest) =>
          y.range === undefined ? [0, topOf(y, highest ?? 0, yTicks(plot))] : [...y.range],
      },
    },
    axes: [
      {
        ...axisLook(8),
        ...textsOf(x, xTicks),
        size: X_AXIS_PX,
        ...(x.label === undefined
          ? {}
          : { label: x.label, labelSize: X_LABEL_PX, labelFont: FONT }),
      },
      { ...axisLook(5), ...textsOf(y, yTicks), size: GUTTER_PX.left },
    ],
  };
}

function logScale(isLog: boolean): uPlot.Scale {
  return isLog ? { distr: 3, log: 10 } : {};
}

function topOf({ unit, highest: least = 0 }: FrameAxis, highest: number, most: number): number {
  const value = Math.max(least, highest);
  const top = roundTop(value, most);
  return unit === 'ratio' && value <= 1 ? Math.min(ABOVE_ALL, top) : top;
}

function textsOf(axis: FrameAxis, mostOf: (plot: uPlot) => number): uPlot.Axis {
  const text = axis.text ?? ((value: number) => plotFigure(axis.unit, value));
  return {
    splits: (plot, _, min, max) => ticksOf(axis, min, max, mostOf(plot)),
    // The library would drop the texts of some ticks of logarithmic axes.
    filter: (_, splits) => splits,
    values: (_, splits) => splits.map(text),
  };
}

function ticksOf({ unit, isLog }: FrameAxis, min: number, max: number, most: number): number[] {
  if (isLog) return (unit === 'megabytes' ? doublingTicks : logTicks)(min, max, most);
  const end = unit === 'ratio' ? Math.min(1, max) : max;
  const step = (unit === 'seconds' ? timeStep : roundStep)(end - min, most);
  return multiples(min, end, unit === 'count' ? Math.max(1, step) : step);
}

function xTicks(plot: uPlot): number {
  return atLeastTwo((plot.width - GUTTER_PX.left - GUTTER_PX.right) / TICK_PX.x);
}

function yTicks(plot: uPlot): number {
  return atLeastTwo((plot.height - NAMES_PX - X_AXIS_PX) / TICK_PX.y);
}

function atLeastTwo(count: number): number {
  return Math.max(2, Math.floor(count));
}

function axisLook(tickPx: number): uPlot.Axis {
  return {
    stroke: colorOf('muted'),
    font: FONT,
    grid: { stroke: colorOf('grid'), width: 1 },
    ticks: { stroke: colorOf('grid'), width: 1, size: tickPx },
  };
}
