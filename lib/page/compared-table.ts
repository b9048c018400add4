import { compareEntries, type EntryDifference } from '../core/compare/trend/compare-entries.ts';
import { judgedLatencyMs } from '../core/compare/trend-metric.ts';
import type { PageRun, ResultsPageData } from '../core/render/results/results-data.ts';
import { formatChange, formatMetric } from '../core/render/trend/metric-text.ts';

const READINGS: Readonly<Record<EntryDifference['reading'], string>> = {
  worse: 'B is worse, by more than runs of this series differ',
  better: 'B is better, by more than runs of this series differ',
  'within-noise': 'within what runs of this series differ by; that is no proof of no change',
  unknown: 'cannot be said',
};

/** Two runs side by side, with what the noise between runs of their series says of the difference. */
export function comparedTable(a: PageRun, b: PageRun, { series }: ResultsPageData): HTMLElement[] {
  const why = whyNot(a, b, series);
  const noise = why === null ? (series[a.series]?.noise ?? null) : null;
  const rows = compareEntries(a, b, noise).map(({ metric, shift, reading }) => {
    const figureOf = (run: PageRun) =>
      metric === 'success' || metric === 'rps' ? run.success.ratio : judgedLatencyMs(run)[metric];
    const [before, after] = [figureOf(a), figureOf(b)];
    const text = (value: number | null) => (value === null ? '–' : formatMetric(metric, value));
    const change =
      shift === null || before === null || after === null
        ? '–'
        : formatChange(metric, before, after);
    const said = row('td', [text(before), text(after), change, READINGS[reading]]);
    said.prepend(cell('th', metric));
    said.dataset['reading'] = reading;
    return said;
  });
  const table = document.createElement('table');
  table
    .createTHead()
    .append(row('th', ['', `A: ${a.run}`, `B: ${b.run}`, 'B against A', 'Reading']));
  table.createTBody().append(...rows);
  const scroll = document.createElement('div');
  scroll.className = 'scroll';
  scroll.append(table);
  return [...(why === null ? [] : [note(why)]), scroll, note(nextStep(a, b))];
}

function whyNot(a: PageRun, b: PageRun, series: ResultsPageData['series']): string | null {
  const bad = [a, b].find(({ verdict, status }) => verdict === 'invalid' || status !== 'completed');
  if (bad !== undefined) {
    return `Not comparable: run ${bad.run} is ${bad.verdict}, ${bad.status}.`;
  }
  if (a.series !== b.series) {
    const titles = [a, b].map((run) => series[run.series]?.title ?? '').join(' / ');
    return `Not comparable: they differ in scenario, load, machine or target (${titles}).`;
  }
  if (Object.keys(series[a.series]?.noise ?? {}).length === 0) {
    return 'Cannot be said: it takes nine runs at one level to know how runs of this series differ.';
  }
  return null;
}

function nextStep(a: PageRun, b: PageRun): string {
  const from = ' This reads the figures of whole runs.';
  if (a.folder === null || b.folder === null) return `A report is no longer there.${from}`;
  return `The full verdict, from within the runs: npm run compare -- results/${a.folder} results/${b.folder}.${from}`;
}

function row(kind: 'th' | 'td', texts: readonly string[]): HTMLTableRowElement {
  const made = document.createElement('tr');
  made.append(...texts.map((text) => cell(kind, text)));
  return made;
}

function cell(kind: 'th' | 'td', text: string): HTMLElement {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

function note(text: string): HTMLElement {
  const made = document.createElement('p');
  made.className = 'note';
  made.textContent = text;
  return made;
}
