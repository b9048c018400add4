import type { Comparison } from '../../compare/comparison.ts';
import { metricName } from '../../compare/metric-sentence.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { metricFigures } from './comparison-figures.ts';
import { modeText, sideText, VERDICT_MARKS } from './comparison-text.ts';

const plain = (text: string) => escapeMarkdown(text, Number.POSITIVE_INFINITY);

/** A comparison as Markdown, for a job summary or a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { verdict, headline, metrics, checks, notes, advice, incomparable } = comparison;
  const rows = metrics.map((metric) => {
    const { a, b, effect, interval, p, smallest } = metricFigures(metric);
    const cells = [metricName(metric.metric), `${VERDICT_MARKS[metric.verdict]} ${metric.verdict}`];
    return `| ${[...cells, a, b, effect, interval, p, smallest].join(' | ')} |`;
  });
  const table =
    rows.length === 0
      ? []
      : [
          '| metric | verdict | A | B | effect | interval | p (Holm) | detectable from |',
          '|---|---|---|---|---|---|---|---|',
          ...rows,
          '',
        ];
  return [
    `## ${VERDICT_MARKS[verdict]} ${verdict}: ${plain(headline)}`,
    '',
    `${plain(comparison.scenario)} ${plain(comparison.profile)}, ${modeText(comparison)}  `,
    `A ${plain(sideText(comparison.a))}  `,
    `B ${plain(sideText(comparison.b))}`,
    '',
    ...table,
    ...[
      ...incomparable,
      ...metrics.map(({ sentence }) => sentence),
      ...(metrics.length === 0 ? [] : checks.map(({ sentence }) => sentence)),
    ].map((text) => `- ${plain(text)}`),
    '',
    ...[...notes, ...advice].flatMap((text) => [plain(text), '']),
  ].join('\n');
}
