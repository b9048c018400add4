import { createColors } from 'picocolors';
import { escapeText } from '../text/escape-text.ts';
import { type Headline, TONE_MARKS, type Tone } from '../text/statement.ts';
import { wrapText } from './wrap-text.ts';

export interface TextLook {
  readonly colors: boolean;
  /** Width of the terminal in columns; infinite for what is no terminal. */
  readonly width: number;
}

/**
 * The first lines for a terminal: the outcome with its reason, and further reasons. What to do next comes at the end:
 * `nextLines`. `status` stands behind the word: "interrupted".
 */
export function headlineLines(
  { tone, word, reason, others }: Headline,
  { colors, width }: TextLook,
  status: string | null = null,
): string[] {
  const paint = createColors(colors);
  const words = `${TONE_MARKS[tone]} ${word.toUpperCase()}${status === null ? '' : ` (${status})`}`;
  const verdict = tonePaint(tone, colors)(paint.bold(words));
  return [
    ...wrapText(`${verdict}  ${escapeText(reason)}`, width, '  '),
    ...others.flatMap((other) =>
      wrapText(`  ${paint.dim('·')} ${escapeText(other)}`, width, '    '),
    ),
  ];
}

/** What to do next, each command on a line of its own so that it can be copied. */
export function nextLines({ next }: Headline, { width }: TextLook): string[] {
  return next.flatMap(({ text, command }, position) => [
    ...wrapText(
      `${position === 0 ? 'Next  ' : '      '}${escapeText(text)}${command === null ? '.' : ':'}`,
      width,
      '      ',
    ),
    ...(command === null ? [] : [`      ${escapeText(command)}`]),
  ]);
}

/** Colors a text by its tone. */
export function tonePaint(tone: Tone, colors: boolean): (text: string) => string {
  const paint = createColors(colors);
  return {
    good: paint.green,
    bad: paint.red,
    open: paint.yellow,
    measured: paint.cyan,
    running: paint.cyan,
  }[tone];
}
