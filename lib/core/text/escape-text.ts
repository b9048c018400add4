/**
 * Text from the target or the user on one line and without control characters, so it cannot move the cursor, change
 * colors or forge a line in a terminal.
 */
export function escapeText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === '\n' || character === '\t'
      ? ' '
      : `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}
