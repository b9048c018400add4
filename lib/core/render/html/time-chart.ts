import type { Report } from '../../report/schema/report-schema.ts';
import { type PlotUnit, plotFigure } from '../plot-figure.ts';

/** One value for each window; null where there is none. */
export type Levels = readonly (number | null)[];

/** A chart over the time of a run, as data: the page draws it, and a table below it has the same figures. */
export interface TimeChart {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  /** The chart in one sentence, for a screen reader. */
  readonly summary: string;
  readonly unit: PlotUnit;
  /** Whether each series stands on the one before it. */
  readonly isStacked?: true;
  readonly series: readonly TimeSeries[];
}

export interface TimeSeries {
  /** Name in legend, tooltip and table. */
  readonly name: string;
  /** CSS variable of the page. */
  readonly color: string;
  readonly look: 'line' | 'area' | 'dashed' | 'bars';
  readonly values: Levels;
  /** What the legend says while no window is pointed at, such as "up to 100/s". */
  readonly overall: string;
  /** Whether it is the one that is judged, and seen also where others lie on it. */
  readonly isMain?: true;
}

type Window = Report['windows'][number];

/** A series whose legend shows its highest value. */
export function peakSeries(
  name: string,
  unit: PlotUnit,
  { color, look }: Pick<TimeSeries, 'color' | 'look'>,
  values: Levels,
): TimeSeries {
  return { name, color, look, values, overall: `up to ${plotFigure(unit, highest(values))}` };
}

/** A count of each window as a rate a second. */
export function perSecond(windows: readonly Window[], pick: (window: Window) => number): number[] {
  return windows.map((window) => rounded((pick(window) * 1000) / window.lengthMs));
}

export function highest(values: Levels): number {
  return Math.max(0, ...values.map((value) => value ?? 0));
}

/** Null if no window has a value. */
export function known(values: Levels): Levels | null {
  return values.some((value) => value !== null) ? values : null;
}

/** Four significant digits are finer than a pixel or a bucket. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
