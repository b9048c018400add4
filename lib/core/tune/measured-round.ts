/** One cell of a sweep, measured once. Rounds are numbered from 1; in each round every cell is measured once, in random order. */
export interface MeasuredRound<Cell, Measurement> {
  readonly cell: Cell;
  readonly round: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly measurement: Measurement;
}
