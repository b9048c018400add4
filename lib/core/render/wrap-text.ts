import wrapAnsi from 'wrap-ansi';

/** Most columns that a line of prose takes: longer ones are hard to read. */
const MOST_COLUMNS = 120;

/**
 * A text in lines of at most `width` columns, broken at words; all but the first begin with `indent`. A word that is
 * longer stays whole. An infinite width, for what is no terminal, leaves the text on one line.
 */
export function wrapText(text: string, width: number, indent: string): string[] {
  if (!Number.isFinite(width)) return [text];
  const columns = Math.min(width, MOST_COLUMNS);
  const lead = /^ */.exec(text)?.[0] ?? '';
  const wrapped = wrapAnsi(text.slice(lead.length), Math.max(20, columns - indent.length), {
    hard: false,
  });
  return wrapped.split('\n').map((line, position) => `${position === 0 ? lead : indent}${line}`);
}
