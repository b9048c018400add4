import { formatRate } from '../core/report/format-figure.ts';
import type { PageRun } from '../core/summary/results/page-run.ts';
import { RUN_COLUMNS, verdictText } from '../core/summary/results/run-columns.ts';
import { formatMetric } from '../core/summary/trend/metric-text.ts';

type Figure = readonly [head: string, text: (run: PageRun) => string];

const known = (value: number | null, text: (value: number) => string) =>
  value === null ? '–' : text(value);

const FIGURES: readonly Figure[] = [
  ['Verdict', verdictText],
  ['Success', ({ success }) => known(success, (value) => formatMetric('success', value))],
  ['p50', ({ p50Ms }) => known(p50Ms, (value) => formatMetric('p50', value))],
  ['p95', ({ p95Ms }) => known(p95Ms, (value) => formatMetric('p95', value))],
  ['p99', ({ p99Ms }) => known(p99Ms, (value) => formatMetric('p99', value))],
  ['Sent', ({ sentPerSecond }) => known(sentPerSecond, formatRate)],
];

/** The figures of two runs side by side. What their difference means is for `npm run compare` to say. */
export function comparedTable(a: PageRun, b: PageRun): HTMLTableElement {
  const started = RUN_COLUMNS.find(({ key }) => key === 'startedAt');
  const name = (side: string, run: PageRun) => `${side}: ${run.run}, ${started?.text(run)}`;
  const table = document.createElement('table');
  table.createTHead().append(row(['', name('A', a), name('B', b)], 'col'));
  table
    .createTBody()
    .append(...FIGURES.map(([head, text]) => row([head, text(a), text(b)], 'row')));
  return table;
}

function row(texts: readonly string[], scope: 'col' | 'row'): HTMLTableRowElement {
  const made = document.createElement('tr');
  texts.forEach((text, position) => {
    const isHead = text !== '' && (scope === 'col' || position === 0);
    const cell = document.createElement(isHead ? 'th' : 'td');
    if (isHead) cell.setAttribute('scope', scope);
    cell.textContent = text;
    made.append(cell);
  });
  return made;
}
