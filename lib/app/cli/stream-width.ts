import type { OutputStream } from './output-stream.ts';

/** Of a terminal that does not know its width. */
const USUAL_WIDTH = 100;

/** Columns of a terminal; infinite for a file or a pipe, where lines are not wrapped. */
export function streamWidth({ isTTY, columns }: Pick<OutputStream, 'isTTY' | 'columns'>): number {
  return isTTY === true ? columns || USUAL_WIDTH : Number.POSITIVE_INFINITY;
}
