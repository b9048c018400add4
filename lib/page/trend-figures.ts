import type { ChartRun, TrendChartData } from '../core/render/trend/trend-chart-data.ts';
import { reportHref } from '../core/summary/results/run-columns.ts';
import { formatMetric } from '../core/summary/trend/metric-text.ts';
import { minuteText } from '../core/text/day-text.ts';

/** Adds the table of a series to its `details`: a row for each run, newest first, and a column for each metric. */
export function fillFigures(
  details: HTMLElement,
  runs: readonly ChartRun[],
  charts: readonly TrendChartData[],
): void {
  const values = charts.map(
    (chart) => new Map(chart.runs.map((run, at) => [run, chart.values[at] as number])),
  );
  const positions = [...new Set(charts.flatMap((chart) => chart.runs))].sort((a, b) => a - b);
  const table = document.createElement('table');
  const heads = [
    'Started (UTC)',
    ...charts.map(({ metric }) => metric),
    'Release',
    'Commit',
    'Run',
  ];
  table.createTHead().append(row('col', heads.map(String)));
  table.createTBody().append(
    ...positions.flatMap((position) => {
      const run = runs[position];
      if (run === undefined) return [];
      const figures = charts.map(({ metric }, at) => {
        const value = values[at]?.get(position);
        return value === undefined ? '–' : formatMetric(metric, value);
      });
      const texts = [minuteText(run.startedAt), ...figures, run.release, run.commit];
      return [row('row', [...texts, run.run], reportHref(run))];
    }),
  );
  const scroll = document.createElement('div');
  scroll.className = 'scroll';
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', `Figures of the runs: ${details.dataset['subject']}`);
  scroll.append(table);
  details.append(scroll);
}

/** The first cell links to the report, if it is there. */
function row(scope: 'col' | 'row', texts: readonly string[], href: string | null = null) {
  const made = document.createElement('tr');
  texts.forEach((text, position) => {
    const isHead = scope === 'col' || position === 0;
    const cell = document.createElement(isHead ? 'th' : 'td');
    if (isHead) cell.setAttribute('scope', scope);
    if (position === 0 && href !== null) {
      const link = document.createElement('a');
      link.href = href;
      link.textContent = text;
      cell.append(link);
    } else cell.textContent = text;
    made.append(cell);
  });
  return made;
}
