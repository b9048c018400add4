import { plannedStarted } from '../../load/stages.ts';
import { OUTCOMES } from '../../order/outcome.ts';
import { formatCount } from '../../report/format-figure.ts';
import { servedOf } from '../../report/outcome-counts.ts';
import { outcomeName } from '../../report/outcome-words.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { plotFigure } from '../plot-figure.ts';
import { highest, peakSeries, perSecond, type TimeChart } from './time-chart.ts';

/** Planned, offered and stored orders a second. */
export function rateChart({ windows, load }: Report): TimeChart {
  const planned = perSecond(windows, ({ startOffsetMs: from, lengthMs }) =>
    plannedStarted(load.stages, from, from + lengthMs),
  );
  const offered = perSecond(windows, (window) => window.offered);
  const stored = perSecond(windows, ({ outcomes }) => servedOf(outcomes));
  const peak = (values: readonly number[]) => plotFigure('perSecond', highest(values));
  return {
    id: 'rates',
    title: 'Offered and stored',
    note: 'Orders per second: planned, offered (due) and stored. The gap between offered and stored is what customers lost.',
    summary: `Highest offered rate: ${peak(offered)}; highest stored rate: ${peak(stored)}.`,
    unit: 'perSecond',
    series: [
      peakSeries('Planned', 'perSecond', { color: 'muted', look: 'dashed' }, planned),
      peakSeries('Offered', 'perSecond', { color: 'offered', look: 'area' }, offered),
      peakSeries('Stored', 'perSecond', { color: 'created', look: 'line' }, stored),
    ],
  };
}

/** Orders a second by outcome, for those outcomes that occurred, and what was not sent. */
export function outcomeChart({ windows, requests }: Report): TimeChart {
  const outcomes = [
    ...OUTCOMES.map((outcome) => ({
      name: outcomeName(outcome),
      color: outcome as string,
      orders: requests.outcomes[outcome],
      values: perSecond(windows, (window) => window.outcomes[outcome]),
    })),
    {
      name: outcomeName('dropped'),
      color: 'dropped',
      orders: requests.dropped,
      values: perSecond(windows, (window) => window.dropped),
    },
  ].filter(({ values }) => highest(values) > 0);
  return {
    id: 'outcomes',
    title: 'What became of the orders',
    note: 'Orders per second by outcome, stacked.',
    summary: `Outcomes that occurred: ${outcomes.map(({ name }) => name).join(', ')}.`,
    unit: 'perSecond',
    isStacked: true,
    series: outcomes.map(({ name, color, orders, values }) => ({
      name,
      color,
      look: 'bars',
      values,
      overall: formatCount(orders, 'order'),
    })),
  };
}
