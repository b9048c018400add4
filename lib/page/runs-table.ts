import { groupDigits } from '../core/report/format-figure.ts';
import { countText } from '../core/summary/results/count-text.ts';
import type { PageRun } from '../core/summary/results/page-run.ts';
import { RUN_COLUMNS } from '../core/summary/results/run-columns.ts';
import type { ResultsState } from './results-state.ts';
import { runRow } from './run-row.ts';

/** Rows made at once. A thousand rows take a second to lay out, and few readers look at more than these. */
const CHUNK = 100;

export interface RunsTable {
  /** Shows the runs that the state selects, in its order. */
  readonly show: (state: ResultsState) => void;
  /** Ticks the picked runs, and no others. */
  readonly tick: (picks: readonly string[]) => void;
}

/** The table of runs: rows are made as they are scrolled to, all of them for paper. */
export function runsTable(box: HTMLElement, runs: readonly PageRun[]): RunsTable {
  const body = box.querySelector('tbody') as HTMLTableSectionElement;
  const more = document.getElementById('more') as HTMLElement;
  const texts = new Map(runs.map((run) => [run, textOf(run)]));
  let shown: readonly PageRun[] = [];
  let picks: readonly string[] = [];

  const button = document.createElement('button');
  button.type = 'button';
  more.replaceChildren(button);
  const add = (count: number): void => {
    const from = body.rows.length;
    const next = shown.slice(from, from + count);
    body.append(...next.map((run) => runRow(run, picks.includes(run.run))));
    const rest = shown.length - body.rows.length;
    more.hidden = rest === 0;
    button.textContent = `Show ${groupDigits(Math.min(rest, 10 * CHUNK))} more`;
  };
  button.addEventListener('click', () => add(10 * CHUNK));
  box.addEventListener('scroll', () => {
    if (box.scrollTop + 2 * box.clientHeight > box.scrollHeight) add(CHUNK);
  });
  addEventListener('beforeprint', () => add(shown.length));

  return {
    show(state) {
      shown = sorted(
        runs.filter((run) => isSelected(run, texts.get(run) ?? '', state)),
        state,
      );
      picks = state.picks;
      body.replaceChildren();
      box.scrollTop = 0;
      add(CHUNK);
      for (const head of box.querySelectorAll<HTMLElement>('th[data-column]')) {
        if (head.dataset['column'] !== state.sort) head.removeAttribute('aria-sort');
        else head.setAttribute('aria-sort', state.isDescending ? 'descending' : 'ascending');
      }
      const count = document.getElementById('count');
      if (count !== null) count.textContent = countText(shown.length, runs.length);
    },
    tick(next) {
      picks = next;
      for (const row of body.rows) {
        const tick = row.querySelector('input');
        if (tick !== null) tick.checked = picks.includes(row.dataset['run'] ?? '');
      }
    },
  };
}

function textOf({ run, release, commit, label, startedAt, reason }: PageRun): string {
  return [run, release, commit, label, startedAt, reason].join(' ').toLowerCase();
}

function isSelected(run: PageRun, text: string, state: ResultsState): boolean {
  const words = state.search.toLowerCase().split(/\s+/);
  return (
    (state.scenario === '' || run.scenario === state.scenario) &&
    (state.profile === '' || run.profile === state.profile) &&
    (state.verdict === '' || run.verdict === state.verdict) &&
    words.every((word) => text.includes(word))
  );
}

function sorted(runs: readonly PageRun[], { sort, isDescending }: ResultsState): PageRun[] {
  const orderOf = RUN_COLUMNS.find(({ key }) => key === sort)?.order;
  if (orderOf === undefined) return [...runs];
  const sign = isDescending ? -1 : 1;
  return [...runs].sort((a, b) => {
    const [left, right] = [orderOf(a), orderOf(b)];
    return left < right ? -sign : left > right ? sign : 0;
  });
}
