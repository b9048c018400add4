import { formatCount, groupDigits } from '../report/format-figure.ts';
import type { BatchCell } from './batch/batch-cell.ts';
import type { PowerCell } from './power/power-cell.ts';

/** A cell as a name: "1,024 MB", "1,024 MB on arm", "10 messages, 1 s window". */
export function cellName(cell: PowerCell | BatchCell): string {
  if ('batchSize' in cell) {
    const window = cell.windowSeconds === 0 ? 'no window' : `${cell.windowSeconds} s window`;
    return `${formatCount(cell.batchSize, 'message')}, ${window}`;
  }
  return `${groupDigits(cell.memoryMb)} MB${cell.architecture === 'arm' ? ' on arm' : ''}`;
}

/** Whether both are the same settings. */
export function isSameCell(one: PowerCell | BatchCell, other: PowerCell | BatchCell): boolean {
  return cellName(one) === cellName(other);
}
