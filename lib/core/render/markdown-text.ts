import { escapeText } from '../text/escape-text.ts';

/** Text of the target or the user as one line of Markdown that makes no markup. */
export function markdownText(text: string): string {
  return escapeText(text).replace(/[\\`*_[\]<>#|]/g, (character) => `\\${character}`);
}
