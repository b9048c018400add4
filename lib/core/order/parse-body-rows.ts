/** The lines of a file of bodies, one JSON value each; empty ones are none. */
export function parseBodyRows(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
