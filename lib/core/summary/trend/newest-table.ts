import { dayText } from '../../text/day-text.ts';
import type { Cell, TextTable } from '../../text/statement.ts';
import type { MetricTrend } from '../../trend/metric-trend.ts';
import type { NewestRun } from '../../trend/newest-run.ts';
import { FLOOR_RUNS } from '../../trend/night-noise.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { formatMetric } from './metric-text.ts';

/** The newest run by metric: its value, the range expected, how it is judged, and the level it is at. */
export function newestTable({ trends, newest }: SeriesTrend): TextTable {
  const shown = trends.filter(({ entries }) => entries.length > 0);
  return {
    caption: 'The newest run',
    columns: [
      { head: 'Metric' },
      { head: 'Newest', isNumber: true },
      { head: 'Expected', isNumber: true },
      { head: 'Judged' },
      { head: 'Level', isNumber: true },
      { head: 'Level since', isMinor: true },
    ],
    rows: shown.map((trend) =>
      metricRow(
        trend,
        newest.find(({ metric }) => metric === trend.metric),
      ),
    ),
  };
}

function metricRow(trend: MetricTrend, newest: NewestRun | undefined): Cell[] {
  const { metric, segments, entries } = trend;
  const last = segments[segments.length - 1];
  const level = last === undefined ? '–' : formatMetric(metric, last.level);
  const since = entries[last?.from ?? 0]?.startedAt;
  return [
    metric,
    newest === undefined ? '–' : formatMetric(metric, newest.value),
    newest?.expected ? expectedText(newest, newest.expected) : '–',
    newest === undefined ? 'not judged' : judgedCell(trend, newest),
    level,
    since === undefined ? '–' : dayText(since),
  ];
}

/** The range expected for the newest run: "165 ms to 178 ms". */
export function expectedText(
  { metric }: Pick<NewestRun, 'metric'>,
  { low, high }: NonNullable<NewestRun['expected']>,
): string {
  return `${formatMetric(metric, low)} to ${formatMetric(metric, high)}`;
}

function judgedCell(trend: MetricTrend, newest: NewestRun): Cell {
  const { metric, value, state, expected } = newest;
  switch (state) {
    case 'expected':
      return { text: 'as expected', tone: 'good' };
    case 'unknown':
      return { text: `${runsBefore(trend)} of ${FLOOR_RUNS.least} runs`, tone: 'open' };
    default: {
      // A value beyond a bound may be rounded to the bound.
      const bounds = [expected?.low, expected?.high].map((bound) =>
        formatMetric(metric, bound ?? 0),
      );
      const just = bounds.includes(formatMetric(metric, value)) ? ', just beyond' : '';
      return state === 'suspect'
        ? { text: `worse${just}`, tone: 'bad' }
        : { text: `better${just}`, tone: 'good' };
    }
  }
}

/** Number of runs at the level of the newest run, without it. */
export function runsBefore({ segments }: MetricTrend): number {
  const last = segments[segments.length - 1];
  return last === undefined ? 0 : last.to - last.from - 1;
}
