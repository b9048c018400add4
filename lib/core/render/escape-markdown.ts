import { escapeText } from '../text/escape-text.ts';

/** ASCII punctuation that GitHub and GitLab give a meaning to, somewhere in a line. */
const SPECIAL = /^[-+=]|[\\`*_{}[\]()<>#!|~$&@:]/g;

/** Names and numbers behind these are looked up in the finished page, where a reference is a character again. */
const LOOKED_UP = '@#!~$%';
const ZERO_WIDTH_SPACE = '&#8203;';

/**
 * Text from the target or the user on one line of Markdown, at most `maxLength` characters of it,
 * with no meaning left in it: no markup, no table cell, no tag, no link, no mention, no reference to
 * an issue.
 */
export function escapeMarkdown(text: string, maxLength = 500): string {
  const characters = Array.from(escapeText(text));
  const isLong = characters.length > maxLength;
  const short = isLong ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('');
  return short
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(
      SPECIAL,
      (character) =>
        `&#${character.charCodeAt(0)};${LOOKED_UP.includes(character) ? ZERO_WIDTH_SPACE : ''}`,
    )
    .replace(/\b(www)\./gi, '$1&#46;');
}
