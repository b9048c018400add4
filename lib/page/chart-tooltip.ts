import { type SwatchLook, swatch } from './swatch.ts';

export interface TooltipText {
  readonly head: string;
  readonly rows: readonly {
    readonly name: string;
    readonly color: string;
    readonly look: SwatchLook;
    readonly value: string;
  }[];
  /** Sentences below the values. */
  readonly notes: readonly string[];
}

export interface Tooltip {
  readonly element: HTMLElement;
  /** Shows the text beside a crosshair at `left` in CSS pixels of a plot that is `width` wide. */
  readonly show: (text: TooltipText, left: number, width: number) => void;
  readonly hide: () => void;
}

const GAP = 12;

/** The values under the crosshair, beside it. Screen readers hear them from the announcer instead. */
export function createTooltip(): Tooltip {
  const element = document.createElement('div');
  element.className = 'tooltip';
  element.setAttribute('aria-hidden', 'true');
  element.hidden = true;
  return {
    element,
    show: ({ head, rows, notes }, left, width) => {
      const table = document.createElement('table');
      table.append(...rows.map(rowOf));
      const title = textOf('strong', head);
      element.replaceChildren(title, table, ...notes.map((note) => textOf('p', note)));
      element.hidden = false;
      const own = element.offsetWidth;
      const fitsRight = left + GAP + own <= width;
      const fitsLeft = left - GAP - own >= 0;
      const x = fitsRight
        ? left + GAP
        : fitsLeft
          ? left - GAP - own
          : Math.max(0, (width - own) / 2);
      element.style.transform = `translateX(${Math.round(x)}px)`;
    },
    hide: () => {
      element.hidden = true;
    },
  };
}

function rowOf({ name, color, look, value }: TooltipText['rows'][number]): HTMLElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.append(swatch(color, look), name);
  row.append(head, textOf('td', value));
  return row;
}

function textOf(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** The tooltip as one sentence for a screen reader. */
export function tooltipSentence({ head, rows, notes }: TooltipText): string {
  return `${head}: ${[...rows.map(({ name, value }) => `${name} ${value}`), ...notes].join(', ')}`;
}
