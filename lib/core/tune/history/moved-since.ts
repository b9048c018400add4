import { isSameCell } from '../cell-name.ts';
import type { TuneResult } from '../schema/tune-schema.ts';
import type { SweepEntry } from './sweep-entry.ts';

type EarlierSweep = NonNullable<TuneResult['earlier']>;

/** Whether the best moved between two sweeps of the same thing. */
export function movedSince(earlier: SweepEntry, now: SweepEntry): EarlierSweep {
  const { id, startedAt, best } = earlier;
  return { id, startedAt, best, move: moveOf(earlier, now) };
}

function moveOf(earlier: SweepEntry, now: SweepEntry): EarlierSweep['move'] {
  if (earlier.best === null || now.best === null) return 'notComparable';
  if (isSameCell(earlier.best, now.best)) return 'same';
  if (!hasMeasured(now, earlier.best) || !hasMeasured(earlier, now.best)) return 'notComparable';
  const isOpen = isAlike(now, earlier.best) || isAlike(earlier, now.best);
  return isOpen ? 'notToldApart' : 'moved';
}

function hasMeasured({ cells }: SweepEntry, cell: NonNullable<SweepEntry['best']>): boolean {
  return cells.some((one) => isSameCell(one.cell, cell));
}

function isAlike({ alike }: SweepEntry, cell: NonNullable<SweepEntry['best']>): boolean {
  return alike.some((one) => isSameCell(one, cell));
}
