import { type SwatchLook, swatch } from './swatch.ts';

export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly look: SwatchLook;
  /** What it shows while no point is under the crosshair. */
  readonly overall: string;
  readonly isHidden: boolean;
  /** Whether it has no place in the legend. */
  readonly isSilent?: boolean;
}

export interface Legend {
  readonly element: HTMLElement;
  /** Shows one text for each entry, or what they show without a crosshair. */
  readonly show: (texts: readonly string[] | null) => void;
  readonly setZoomed: (isZoomed: boolean) => void;
}

/**
 * A button for each line, which switches it off and on, and the button that shows everything again.
 * @param keys what else the chart's colors stand for.
 */
export function createLegend(
  entries: readonly LegendEntry[],
  keys: readonly HTMLElement[],
  toggle: (position: number, isShown: boolean) => void,
  reset: () => void,
): Legend {
  const element = document.createElement('div');
  element.className = 'legend';
  const values = entries.map((entry, position) => {
    const { button, value } = entryButton(entry);
    if (entry.isSilent === true) return value;
    button.onclick = () => {
      const isShown = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(isShown));
      toggle(position, isShown);
    };
    element.append(button);
    return value;
  });
  const all = document.createElement('button');
  all.type = 'button';
  all.className = 'reset';
  all.textContent = 'Reset zoom';
  all.onclick = reset;
  element.append(...keys, all);
  const show = (texts: readonly string[] | null): void => {
    values.forEach((value, position) => {
      value.textContent = texts?.[position] ?? entries[position]?.overall ?? '';
    });
  };
  show(null);
  return {
    element,
    show,
    setZoomed: (isZoomed) => {
      all.hidden = !isZoomed;
    },
  };
}

function entryButton({ name, color, look, isHidden }: LegendEntry) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-pressed', String(!isHidden));
  const label = document.createElement('span');
  label.textContent = name;
  const value = document.createElement('span');
  value.className = 'value';
  button.append(swatch(color, look), label, value);
  return { button, value };
}

/** An entry that stands for something other than a line, and is no button. */
export function legendKey(color: string, look: SwatchLook, text: string): HTMLElement {
  const key = document.createElement('span');
  key.className = 'key';
  key.append(swatch(color, look), text);
  return key;
}
