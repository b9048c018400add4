import type { BatchCell } from './batch-cell.ts';

/** A cell in a sentence: "batch size 25 with a window of 1 s". */
export function cellName({ batchSize, windowSeconds }: BatchCell): string {
  const window = windowSeconds === 0 ? 'no window' : `a window of ${windowSeconds} s`;
  return `batch size ${batchSize} with ${window}`;
}
