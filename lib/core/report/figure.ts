import type { Figure } from './schema/figure-schema.ts';

export const measuredFigure = (value: number, unit: string, note: string): Figure => ({
  value,
  unit,
  source: 'measured',
  note,
});

export const derivedFigure = (value: number, unit: string, note: string): Figure => ({
  value,
  unit,
  source: 'derived',
  note,
});

export const absentFigure = (unit: string, note: string): Figure => ({
  value: null,
  unit,
  source: 'absent',
  note,
});

/** A measured figure, or an absent one if `value` is null. */
export function measuredOrAbsent(
  value: number | null,
  unit: string,
  notes: { readonly measured: string; readonly absent: string },
): Figure {
  return value === null
    ? absentFigure(unit, notes.absent)
    : measuredFigure(value, unit, notes.measured);
}
