import type { Headline, Tone } from '../text/statement.ts';
import { escapeMarkdown } from './escape-markdown.ts';

const MARKS: Readonly<Record<Tone, string>> = {
  good: '✅',
  bad: '❌',
  open: '⚠️',
  measured: '📏',
  running: '⏳',
};

/** Most further reasons; a comment on a pull request should fit a screen. */
const MAX_OTHERS = 12;

/** The outcome, its reasons and what to do next, in GitHub's Markdown. */
export function headlineMarkdown({ tone, word, reason, others, next }: Headline): string[] {
  const more = others.length - MAX_OTHERS;
  return [
    `### ${MARKS[tone]} ${escapeMarkdown(word)}: ${escapeMarkdown(reason)}`,
    '',
    ...others.slice(0, MAX_OTHERS).map((other) => `- ${escapeMarkdown(other)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(others.length > 0 ? [''] : []),
    ...next.flatMap(({ text, command }) => [
      `**Next:** ${escapeMarkdown(text)}${command === null ? '.' : ':'}`,
      ...(command === null ? [''] : ['', fence(command), '']),
    ]),
  ];
}

/** A block of code that no text can end. */
function fence(command: string): string {
  const line = command.replace(/[\r\n]+/g, ' ');
  const ticks = '`'.repeat(
    Math.max(3, ...[...line.matchAll(/`+/g)].map(([run]) => run.length + 1)),
  );
  return `${ticks}sh\n${line}\n${ticks}`;
}
