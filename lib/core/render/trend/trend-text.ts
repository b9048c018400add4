import { createColors } from 'picocolors';
import type { TrendSummary } from '../../summary/trend/trend-summary.ts';
import { escapeText } from '../../text/escape-text.ts';
import { headlineLines, nextLines, type TextLook } from '../headline-lines.ts';
import { tableLines } from '../table-lines.ts';
import { wrapText } from '../wrap-text.ts';

/** The trend of one series for a terminal: verdict, the newest run by metric, every change of level, and what to do next. */
export function renderTrend(summary: TrendSummary, look: TextLook): string {
  const { subject, headline, facts, newest, changes } = summary;
  const paint = createColors(look.colors);
  // Names in a history may contain anything.
  const wrapped = (text: string) => wrapText(escapeText(text), look.width, '  ');
  return [
    ...wrapped(subject).map(paint.bold),
    ...headlineLines(headline, look),
    '',
    ...(newest.rows.length === 0 ? [] : [...tableLines(newest, look), '']),
    ...(changes === null ? [] : [...tableLines(changes, look), '']),
    ...wrapped(facts).map(paint.dim),
    ...nextLines(headline, look),
  ].join('\n');
}
