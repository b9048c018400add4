import type { ResultsPageData } from '../core/render/results/results-page.ts';
import { prepareCopyButtons } from './copy-buttons.ts';
import { showPicked } from './picked-bar.ts';
import { showReasons } from './reason-tip.ts';
import { INITIAL_STATE, parseState, type ResultsState, stateHash } from './results-state.ts';
import { runsTable } from './runs-table.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';
import { trendCharts } from './trend-charts.ts';

// The suite wrote this data, so its shape is trusted.
const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as ResultsPageData;
const FILTERS = ['search', 'scenario', 'profile', 'verdict'] as const;

function field<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

const table = runsTable(field('runs'), data.runs);
const charts = trendCharts(data);
const trends = [...document.querySelectorAll<HTMLDetailsElement>('details.series')];
let state = parseState(location.hash) ?? INITIAL_STATE;

function change(changes: Partial<ResultsState>): void {
  state = { ...state, ...changes };
  history.replaceState(null, '', `#${stateHash(state)}`);
}

function showPicks(): void {
  const picked = state.picks.flatMap((id) => data.runs.find(({ run }) => run === id) ?? []);
  showPicked(field('picked'), picked, data.place, () => pick([]));
  prepareCopyButtons();
}

function pick(picks: readonly string[]): void {
  change({ picks });
  table.tick(picks);
  showPicks();
}

/** Shows everything as the address says. */
function showAll(): void {
  for (const name of FILTERS) field<HTMLInputElement>(name).value = state[name];
  for (const trend of trends) trend.open = state.open.includes(trend.id);
  table.show(state);
  showPicks();
}

for (const name of FILTERS) {
  field(name).addEventListener('input', () => {
    const chosen: Partial<Record<(typeof FILTERS)[number], string>> = {
      [name]: field<HTMLInputElement>(name).value,
    };
    change(chosen);
    table.show(state);
  });
}
for (const head of document.querySelectorAll<HTMLElement>('#runs th[data-column]')) {
  head.addEventListener('click', () => {
    const sort = head.dataset['column'] ?? '';
    change({ sort, isDescending: sort === state.sort ? !state.isDescending : false });
    table.show(state);
  });
}
field('runs').addEventListener('change', ({ target }) => {
  const box = target as HTMLInputElement;
  const run = box.closest('tr')?.dataset['run'] ?? '';
  const others = state.picks.filter((other) => other !== run);
  pick(box.checked ? [...others, run].slice(-2) : others);
});
for (const trend of trends) {
  trend.addEventListener('toggle', () => {
    charts.redraw();
    change({ open: trends.filter(({ open }) => open).map(({ id }) => id) });
  });
}
addEventListener('hashchange', () => {
  const next = parseState(location.hash);
  // A link to a part of the page keeps what was chosen.
  if (next === null) change({});
  else {
    state = next;
    showAll();
  }
});

showAll();
showReasons(field('runs'));
prepareThemeButton();
onThemeChange(charts.redraw);
