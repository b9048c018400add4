import {
  compareCommands,
  historyCommand,
  type ResultsPlace,
} from '../core/summary/results/compare-commands.ts';
import type { PageRun } from '../core/summary/results/page-run.ts';
import { comparedTable } from './compared-table.ts';

/**
 * Shows the picked runs in the bar at the bottom of the window: what to run to compare them, and their figures.
 * @param onClear called when the reader drops the picks.
 */
export function showPicked(
  bar: HTMLElement,
  picked: readonly PageRun[],
  place: ResultsPlace,
  onClear: () => void,
): void {
  bar.hidden = picked.length === 0;
  const [a, b] = [...picked].sort((x, y) => (x.startedAt < y.startedAt ? -1 : 1));
  if (a === undefined) bar.replaceChildren();
  else if (b === undefined) {
    bar.replaceChildren(lineOf([paragraph('1 picked: pick one more to compare.')], onClear));
  } else {
    const wasOpen = bar.querySelector('details')?.open === true;
    const { lead, commands, notes } = compareTexts(a, b, place);
    const line = lineOf([paragraph(lead), ...commands.map(commandBox)], onClear);
    bar.replaceChildren(line, ...notes.map(paragraph), figures(a, b, wasOpen));
  }
}

/** One line of the bar, which ends with the button that drops the picks. */
function lineOf(parts: readonly HTMLElement[], onClear: () => void): HTMLElement {
  const line = document.createElement('div');
  line.className = 'line';
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.textContent = 'Clear';
  clear.addEventListener('click', onClear);
  line.append(...parts, clear);
  return line;
}

interface Said {
  readonly lead: string;
  readonly commands: readonly string[];
  readonly notes: readonly string[];
}

function compareTexts(a: PageRun, b: PageRun, place: ResultsPlace): Said {
  const commands = compareCommands(a, b, place);
  if (commands.length === 0) {
    return {
      lead: '2 picked, but a report is gone: they cannot be compared.',
      commands,
      notes: [],
    };
  }
  if (a.isAb || b.isAb) {
    return { lead: '2 picked. An ab run contains both of its sides:', commands, notes: [] };
  }
  const notes = place.hasHistory
    ? []
    : [
        `Without a history, one run on each side is seldom enough to tell. To make one: ${historyCommand(place)}`,
      ];
  return { lead: '2 picked. Compare them:', commands, notes };
}

function commandBox(command: string): HTMLElement {
  const box = document.createElement('span');
  box.className = 'command';
  const code = document.createElement('code');
  code.textContent = command;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'copy';
  copy.textContent = 'Copy';
  copy.hidden = true;
  box.append(code, ' ', copy);
  return box;
}

function figures(a: PageRun, b: PageRun, isOpen: boolean): HTMLElement {
  const details = document.createElement('details');
  details.open = isOpen;
  const summary = document.createElement('summary');
  summary.textContent = 'Figures side by side';
  const scroll = document.createElement('div');
  scroll.className = 'scroll';
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', 'Figures side by side');
  scroll.append(comparedTable(a, b));
  details.append(summary, scroll);
  return details;
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement('p');
  made.textContent = text;
  return made;
}
