import { dayText } from '../../text/day-text.ts';
import type { Cell, TextTable } from '../../text/statement.ts';
import { LOOKS_TO_CONFIRM } from '../../trend/changes/changes-by-night.ts';
import type { MetricTrend, OpenChange } from '../../trend/metric-trend.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { isWorse } from '../../trend/trend-metric.ts';
import { type Change, levelsText, placeOfChange } from './change-text.ts';
import { formatChange } from './metric-text.ts';

/** Every change of level of a series; null if there is none. */
export function changesTable({ trends }: SeriesTrend): TextTable | null {
  const rows = trends.flatMap(metricRows);
  if (rows.length === 0) return null;
  return {
    caption: 'Changes of level',
    columns: [
      { head: 'Metric' },
      { head: 'Change', isNumber: true },
      { head: 'Level' },
      { head: 'Since' },
      { head: 'Confirmed' },
      { head: 'First in', isMinor: true },
    ],
    rows,
  };
}

function metricRows({ points, fresh, open }: MetricTrend): Cell[][] {
  return [
    ...points.map((point) => changeRow(point, fresh.includes(point) ? 'by the newest run' : 'yes')),
    ...open.map((change) => changeRow(change, openText(change))),
  ];
}

function changeRow(change: Change, confirmed: string): Cell[] {
  const { metric, before, after, startedAt } = change;
  return [
    metric,
    {
      text: formatChange(metric, before, after),
      tone: isWorse(metric, after - before) ? 'bad' : 'good',
    },
    levelsText(change),
    dayText(startedAt),
    confirmed,
    placeOfChange(change),
  ];
}

function openText({ looks }: OpenChange): string {
  return `not yet: seen on ${looks} of ${LOOKS_TO_CONFIRM} nights`;
}
