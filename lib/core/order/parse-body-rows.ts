/** Returns the lines of a file of bodies, one JSON value each, without empty lines. */
export function parseBodyRows(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
