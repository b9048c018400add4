import { escapeText } from '../text/escape-text.ts';

/** ASCII punctuation that has a meaning somewhere in a line of GitHub's or GitLab's Markdown. */
const SPECIAL = /^[-+=]|[\\`*_{}[\]()<>#!|~$&@:]/g;

/** Mentions and issue numbers begin with these. They are looked up in the rendered page, after `&#…;` became a character. */
const LOOKED_UP = '@#!~$%';
const ZERO_WIDTH_SPACE = '&#8203;';

/**
 * Text from the target or the user as plain text on one line of Markdown, cut after `maxLength` characters:
 * nothing in it acts as markup, a table cell, a tag, a link, a mention or an issue reference.
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
