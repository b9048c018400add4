import {
  formatMs,
  formatRate,
  formatRatio,
  formatUnitCost,
  groupDigits,
} from '../report/format-figure.ts';
import type { PlotAxis } from '../text/line-plot.ts';
import { secondsText } from '../text/seconds-text.ts';

export type PlotUnit = PlotAxis['unit'];

/** A figure of a chart as its legend, its tooltip, its ticks and its table show it; a dash for null. */
export function plotFigure(unit: PlotUnit, value: number | null): string {
  if (value === null) return '–';
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 'ratio':
      return formatRatio(value);
    case 'perSecond':
      return formatRate(value);
    case 'seconds':
      return secondsText(value);
    case 'count':
      return countText(value);
    case 'megabytes':
      return `${countText(value)} MB`;
    case 'usd':
      return formatUnitCost(value);
  }
}

/** Counts derived from rates have fractions. */
function countText(value: number): string {
  return value < 100 ? String(Number(value.toPrecision(3))) : groupDigits(value);
}
