import { wrapText } from '../../core/render/wrap-text.ts';
import type { OutputStream } from './output-stream.ts';
import { streamWidth } from './stream-width.ts';

/** Below the labels of the lines that tell about a run. */
const INDENT = ' '.repeat(10);

/** Writes lines to a stream: in a terminal over the line that shows progress, and broken at words. */
export function sayOn(stream: OutputStream): (line: string) => void {
  const overLine = stream.isTTY ? '\r\u001b[2K' : '';
  return (line) => {
    const text = wrapText(line, streamWidth(stream), INDENT).join('\n');
    stream.write(`${overLine}${text}\n`);
  };
}
