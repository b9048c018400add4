import { compareCommands, historyCommand } from '../core/render/results/compare-commands.ts';
import type { PageRun, ResultsPlace } from '../core/render/results/results-data.ts';
import { formatChange, formatMetric } from '../core/render/trend/metric-text.ts';
import { judgedLatencyMs, runLevel, type TrendMetric } from '../core/trend/trend-metric.ts';

const METRICS = ['p50', 'p95', 'p99', 'success'] as const satisfies readonly TrendMetric[];

/** The figures of two runs side by side, and the command that judges their difference. */
export function comparedTable(a: PageRun, b: PageRun, place: ResultsPlace): HTMLElement[] {
  const rows = METRICS.map((metric) => {
    const [before, after] = [a, b].map((run) =>
      metric === 'success' ? run.success.ratio : judgedLatencyMs(run)[metric],
    ) as [number | null, number | null];
    const text = (value: number | null) => (value === null ? '–' : formatMetric(metric, value));
    const hasLevels = [a, b].every((run) => runLevel(run, metric) !== null);
    const change =
      before === null || after === null || !hasLevels ? '–' : formatChange(metric, before, after);
    const figures = row('td', [text(before), text(after), change]);
    figures.prepend(cell('th', metric));
    return figures;
  });
  const table = document.createElement('table');
  table.createTHead().append(row('th', ['', `A: ${a.run}`, `B: ${b.run}`, 'B compared with A']));
  table.createTBody().append(...rows);
  const scroll = document.createElement('div');
  scroll.className = 'scroll';
  scroll.append(table);
  return [scroll, note(nextStep(a, b, place))];
}

function nextStep(a: PageRun, b: PageRun, place: ResultsPlace): string {
  const commands = compareCommands(a, b, place);
  if (commands.length === 0) {
    return 'These runs can no longer be compared: a report is gone.';
  }
  const judge = `To find out whether they differ by more than noise, and can be compared at all, run ${commands.join(' and ')}.`;
  if (a.isAb || b.isAb) return `An ab run contains both of its sides. ${judge}`;
  if (place.hasHistory) return judge;
  return `${judge} Without a history the verdict stays inconclusive; create one first: ${historyCommand(place)}.`;
}

function row(kind: 'th' | 'td', texts: readonly string[]): HTMLTableRowElement {
  const element = document.createElement('tr');
  element.append(...texts.map((text) => cell(kind, text)));
  return element;
}

function cell(kind: 'th' | 'td', text: string): HTMLElement {
  const element = document.createElement(kind);
  element.textContent = text;
  return element;
}

function note(text: string): HTMLElement {
  const element = document.createElement('p');
  element.className = 'note';
  element.textContent = text;
  return element;
}
