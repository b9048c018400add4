import { tuneSummary } from '../../summary/tune/tune-summary.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { headlineLines, nextLines, type TextLook } from '../headline-lines.ts';

/** What a sweep found, for the terminal. */
export function tuneText(result: TuneResult, look: TextLook): string {
  const { headline } = tuneSummary(result);
  return [...headlineLines(headline, look), ...nextLines(headline, look), ''].join('\n');
}
