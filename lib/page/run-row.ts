import type { PageRun } from '../core/summary/results/page-run.ts';
import {
  RUN_COLUMNS,
  type RunColumn,
  reportHrefWithBack,
} from '../core/summary/results/run-columns.ts';
import { VERDICT_TEXTS } from '../core/summary/run/verdict-texts.ts';
import { ageText } from './age-text.ts';

/** A row of the table of runs. Its verdict has the reason in `data-reason`. */
export function runRow(run: PageRun, isPicked: boolean): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.dataset['run'] = run.run;
  const pick = row.insertCell();
  pick.className = 'pick';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = isPicked;
  box.setAttribute('aria-label', `Pick ${run.run}`);
  const label = document.createElement('label');
  label.append(box);
  pick.append(label);
  RUN_COLUMNS.forEach((column, position) => {
    const isLast = position === RUN_COLUMNS.length - 1;
    const cell = document.createElement(isLast ? 'th' : 'td');
    if (isLast) cell.setAttribute('scope', 'row');
    if (column.kind === 'number') cell.className = 'n';
    cell.append(...contentOf(column, run));
    row.append(cell);
  });
  return row;
}

function contentOf({ kind, text }: RunColumn, run: PageRun): (Node | string)[] {
  const shown = text(run);
  switch (kind) {
    case 'code':
      return [element('code', shown)];
    case 'time': {
      const time = element('time', shown);
      time.dateTime = run.startedAt;
      const age = element('span', ageText(run.startedAt, Date.now()));
      age.className = 'age';
      return [time, ' ', age];
    }
    case 'verdict':
      return [verdictOf(run, shown)];
    default:
      return [shown];
  }
}

function verdictOf(run: PageRun, shown: string): HTMLElement {
  const href = reportHrefWithBack(run);
  const verdict = href === null ? element('span', shown) : element('a', shown);
  if (verdict instanceof HTMLAnchorElement && href !== null) verdict.href = href;
  // Its reason must also be within reach of the keyboard.
  else if (run.reason !== '') verdict.tabIndex = 0;
  verdict.className = VERDICT_TEXTS[run.verdict].tone;
  if (run.reason !== '') {
    verdict.dataset['reason'] = run.reason;
    verdict.setAttribute('aria-describedby', 'reason');
  }
  return verdict;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
