/** A line of the docs that stands for any number of lines that they leave out. */
const LEFT_OUT = '…';

/**
 * What differs between an output in the docs and a real one; null where nothing does. Numbers, ids, ports, times and
 * bars may differ, the rest is equal line by line. Lines that only differ in those count once when they follow each other:
 * how often progress is shown, or how many steps there were, is no promise.
 */
export function compareOutput(documented: string, real: string): string | null {
  const wanted = maskedLines(documented);
  const printed = maskedLines(real);
  let at = 0;
  let isOpen = false;
  for (const line of wanted) {
    if (line === LEFT_OUT) {
      isOpen = true;
      continue;
    }
    const found = isOpen ? printed.indexOf(line, at) : at;
    if (printed[found] !== line) {
      return `the docs say: ${line}\nit prints: ${isOpen ? 'no such line' : (printed[at] ?? 'nothing more')}`;
    }
    at = found + 1;
    isOpen = false;
  }
  if (isOpen || at === printed.length) return null;
  return `the docs end before: ${printed[at]}`;
}

function maskedLines(text: string): readonly string[] {
  const lines = text
    .split('\n')
    .map(maskFigures)
    .filter((line) => line !== '');
  return lines.filter((line, index) => line !== lines[index - 1]);
}

export function maskFigures(line: string): string {
  return (
    line
      // Where the checkout lies.
      .replaceAll(/\/\S*\/(?=results\/)/g, '')
      .replaceAll(/\b\d{8}-\d{6}-[a-z0-9]{4}\b/g, '<run>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d{4}-\d\d-\d\d|\b\d+:\d\d(:\d\d)?\b/g, '<time>')
      .replaceAll(/[█▉▊▋▌▍▎▏▁▂▃▄▅▆▇]+/g, '')
      .replaceAll(/[−+-]?\d[\d,]*(\.\d+)?(?: ?(µs|ms|s|min|m|h)\b)/g, '<span>')
      .replaceAll(/[−+-]?(?<![\w.])\d[\d,]*(\.\d+)*/g, '<n>')
      // With too few orders an interval has no upper end.
      .replaceAll('<span> or more', '<span> to <span>')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}
