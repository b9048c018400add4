import { entrySentPerSecond } from '../core/history/sent-per-second.ts';
import type { PageRun, ResultsPageData } from '../core/render/results/results-data.ts';
import { comparedTable } from './compared-table.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';
import { drawTrends } from './trend-chart.ts';

// The suite wrote this data, so its shape is trusted.
const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as ResultsPageData;
const body = document.querySelector('#runs tbody') as HTMLTableSectionElement;
const rows = [...body.rows].map((row) => ({
  row,
  run: data.runs[Number(row.dataset['run'])] as PageRun,
}));
let picked: PageRun[] = [];

const VALUES: Readonly<Record<string, (run: PageRun) => string | number>> = {
  run: ({ run }) => run,
  startedAt: ({ startedAt }) => startedAt,
  scenario: ({ scenario }) => scenario,
  verdict: ({ verdict }) => verdict,
  success: ({ success }) => success.ratio ?? -1,
  p95: ({ latencyMs }) => latencyMs.p95 ?? -1,
  rps: (run) => entrySentPerSecond(run) ?? -1,
  release: ({ release }) => release,
  commit: ({ commit }) => commit,
  label: ({ label }) => label,
};

function field<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

function filter(): void {
  const words = field<HTMLInputElement>('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const scenario = field<HTMLSelectElement>('scenario').value;
  const verdict = field<HTMLSelectElement>('verdict').value;
  let shown = 0;
  for (const { row, run } of rows) {
    const text =
      `${run.run} ${run.release} ${run.commit} ${run.label} ${run.startedAt}`.toLowerCase();
    row.hidden = !(
      (scenario === '' || run.scenario === scenario) &&
      (verdict === '' || run.verdict === verdict) &&
      words.every((word) => text.includes(word))
    );
    if (!row.hidden) shown += 1;
  }
  field('count').textContent = `${shown} of ${rows.length} runs`;
}

function sortBy(head: HTMLElement): void {
  const keyOf = VALUES[head.dataset['column'] ?? ''];
  if (keyOf === undefined) return;
  const direction = head.ariaSort === 'ascending' ? 'descending' : 'ascending';
  for (const other of document.querySelectorAll('#runs th[data-column]')) {
    other.removeAttribute('aria-sort');
  }
  head.setAttribute('aria-sort', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  rows.sort((a, b) => {
    const [left, right] = [keyOf(a.run), keyOf(b.run)];
    return left < right ? -sign : left > right ? sign : 0;
  });
  body.append(...rows.map(({ row }) => row));
}

/** The last two ticked runs, the older one as A. */
function pick(box: HTMLInputElement, run: PageRun): void {
  picked = picked.filter((other) => other !== run);
  if (box.checked) picked.push(run);
  for (const old of picked.splice(0, Math.max(0, picked.length - 2))) {
    const row = rows.find((one) => one.run === old)?.row;
    const oldBox = row?.querySelector<HTMLInputElement>('input');
    if (oldBox) oldBox.checked = false;
  }
  const [a, b] = [...picked].sort((x, y) => (x.startedAt < y.startedAt ? -1 : 1));
  if (a === undefined || b === undefined) return;
  field('compared').replaceChildren(...comparedTable(a, b, data.place));
}

for (const id of ['search', 'scenario', 'verdict']) field(id).addEventListener('input', filter);
for (const head of document.querySelectorAll<HTMLElement>('#runs th[data-column]')) {
  head.addEventListener('click', () => sortBy(head));
}
for (const { row, run } of rows) {
  const box = row.querySelector('input');
  box?.addEventListener('change', () => pick(box, run));
}
filter();

let erase = drawTrends(data.charts);
prepareThemeButton();
onThemeChange(() => {
  erase();
  erase = drawTrends(data.charts);
});
