import { compareEntries, type EntryDifference } from '../core/compare/trend/compare-entries.ts';
import { incomparableEntries } from '../core/compare/trend/incomparable-entries.ts';
import { judgedLatencyMs } from '../core/compare/trend-metric.ts';
import { compareCommands, historyCommand } from '../core/render/results/compare-commands.ts';
import { noiseOfPicked } from '../core/render/results/noise-of-picked.ts';
import type {
  PageRun,
  ResultsPageData,
  ResultsPlace,
} from '../core/render/results/results-data.ts';
import { formatChange, formatMetric } from '../core/render/trend/metric-text.ts';

const READINGS: Readonly<Record<EntryDifference['reading'], string>> = {
  worse: 'B is worse, by more than runs of this series differ',
  better: 'B is better, by more than runs of this series differ',
  'within-noise': 'within what runs of this series differ by; that is no proof of no change',
  unknown: 'cannot be said',
};

/** Two runs side by side, with what the noise between runs of their series says of the difference. */
export function comparedTable(a: PageRun, b: PageRun, data: ResultsPageData): HTMLElement[] {
  const reasons = incomparableEntries(a, b);
  const noise = reasons.length > 0 ? null : noiseOfPicked(a, b, data);
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
  const why = whyUnread(reasons, noise);
  return [...(why === null ? [] : [note(why)]), scroll, note(nextStep(a, b, data.place))];
}

function whyUnread(
  reasons: readonly string[],
  noise: ReturnType<typeof noiseOfPicked> | null,
): string | null {
  if (reasons.length > 0) return `Not comparable: ${reasons.join('; ')}.`;
  if (noise !== null && Object.keys(noise).length > 0) return null;
  return 'Cannot be said: it takes eight other runs at the present level to know how runs of this series differ.';
}

function nextStep(a: PageRun, b: PageRun, place: ResultsPlace): string {
  const from = 'This reads the figures of whole runs.';
  const commands = compareCommands(a, b, place);
  if (commands.length === 0) return `A report is no longer there. ${from}`;
  const without =
    place.hasHistory || a.isAb || b.isAb
      ? ''
      : ` It stays inconclusive without a history; first: ${historyCommand(place)}.`;
  return `The full verdict, from within the runs: ${commands.join(' and ')}.${without} ${from}`;
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
