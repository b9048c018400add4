/** Factor from a shown unit to the unit of the JSON: ms, ratio, 1/s, a count, or dollars. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  '%': 0.01,
  '/s': 1,
  '': 1,
};

export interface ShownFigure {
  /** In the unit of the JSON. */
  readonly value: number;
  /** One step of the last shown digit, in the same unit. */
  readonly step: number;
}

/**
 * The figure that a text begins with, after a mark such as "≈ " or "+", or null without one: "≈ 1,250 ms" is 1250 in
 * steps of 1. Several units add up: "1 min 40 s".
 */
export function shownFigure(text: string): ShownFigure | null {
  const bare = text.replace(/^[≈✓✕?◆$] ?/, '');
  const [, sign = ''] = /^([+−-]?)\d/.exec(bare) ?? [];
  const part = /^ ?(\d[\d,]*)(\.\d+)?(?: ?(ms|min|s|h|%|\/s)(?![a-z]))?/;
  let rest = bare.slice(sign.length);
  let found: RegExpExecArray | null = part.exec(rest);
  if (found === null) return null;
  let [value, step] = [0, 1];
  while (found !== null) {
    const [whole, digits = '', decimals = '', unit = '']: readonly string[] = found;
    const factor = UNITS[unit] as number;
    value += Number(digits.replaceAll(',', '') + decimals) * factor;
    step = factor * 10 ** -Math.max(0, decimals.length - 1);
    rest = rest.slice(whole.length);
    found = unit === 'h' || unit === 'min' ? part.exec(rest) : null;
  }
  return { value: sign === '' || sign === '+' ? value : -value, step };
}

/**
 * Whether a text shows a figure of the JSON: no number with its digits is nearer, and it is right to 0.005 points of a
 * percentage, to 0.6% of anything else, or to 0.005. "<0.01%" and ">99.99%" are bounds, and "0%" and "100%" are exact.
 */
export function showsFigure(text: string, value: number | null): boolean {
  if (value === null) return /^(?:–|not known|too few|nothing|not judged)/.test(text);
  const shown = shownFigure(text.replace(/^[<>]/, ''));
  if (shown === null) return false;
  if (text.startsWith('<')) return value > 0 && value < shown.value;
  if (text.startsWith('>')) return value > shown.value && value < 1;
  if (/^(?:100|0)%/.test(text)) return value === shown.value;
  const error = Math.abs(shown.value - value);
  const rounding = text.includes('%') ? 0.00005 : Math.max(0.006 * Math.abs(value), 0.005);
  return error <= Math.min(shown.step / 2, rounding) * (1 + 1e-6);
}
