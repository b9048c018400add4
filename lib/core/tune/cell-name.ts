import { formatCount, groupDigits } from '../report/format-figure.ts';
import type { BatchCell } from './batch/batch-cell.ts';
import type { PowerCell } from './power/power-cell.ts';

/** A cell as it is said: "1,024 MB", "1,024 MB on arm", "10 messages, 1 s". */
export function cellName(cell: PowerCell | BatchCell): string {
  if ('batchSize' in cell) {
    return `${formatCount(cell.batchSize, 'message')}, ${cell.windowSeconds} s`;
  }
  return `${groupDigits(cell.memoryMb)} MB${cell.architecture === 'arm' ? ' on arm' : ''}`;
}

/** Whether both are the same settings. */
export function isSameCell(one: PowerCell | BatchCell, other: PowerCell | BatchCell): boolean {
  return cellName(one) === cellName(other);
}
