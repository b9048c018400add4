import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type * as z from 'zod';
import { reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { cellOrder } from '../../core/tune/cell-order.ts';
import type { MeasuredRound } from '../../core/tune/measured-round.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import { onceMoreIfInvalid } from '../run/once-more.ts';
import { readStoredRounds, storeRound } from './stored-rounds.ts';

/** What a sweep varies, and how one cell is measured. */
export interface Sweep<Cell, Measurement> {
  readonly cells: readonly Cell[];
  /** Cells that are measured once, as round 1 and in this order, after all rounds of the others. */
  readonly once?: readonly Cell[];
  readonly rounds: number;
  readonly seed: number;
  /** Tells the cells apart in names of files, such as `512-arm`. */
  readonly keyOf: (cell: Cell) => string;
  /** The cell in the lines that are printed, such as `512 MB, arm`. */
  readonly nameOf: (cell: Cell) => string;
  /** Changes the platform's settings; resolves once new invocations have them. */
  readonly apply: (cell: Cell) => Promise<void>;
  readonly measure: (cell: Cell, at: MeasureAt) => Promise<CellResult<Measurement>>;
  /** The measurement of a cell that could not be measured for this reason. */
  readonly failed: (problem: string) => Measurement;
  readonly cellSchema: z.ZodType<Cell>;
  readonly measurementSchema: z.ZodType<Measurement>;
}

export interface MeasureAt {
  readonly round: number;
  /** A folder of its own, for the load run of this cell and round; not yet created. */
  readonly folder: string;
}

export interface CellResult<Measurement> {
  /** Exit code of the load run. After 3 (INVALID) the cell is measured once more. */
  readonly exitCode: number;
  readonly measurement: Measurement;
  /** The figures in one line, for the terminal. */
  readonly figures: string;
}

export interface SweepDeps {
  /** Folder of the sweep. */
  readonly dir: string;
  readonly stop: StopSignals;
  readonly say: (line: string) => void;
  /** Epoch ms. */
  readonly nowMs: () => number;
}

export interface SweepEnd<Cell, Measurement> {
  /** Everything measured so far, earlier sessions included, by time. */
  readonly rounds: readonly MeasuredRound<Cell, Measurement>[];
  /** Every cell was measured in every round. */
  readonly isComplete: boolean;
  /** Why the sweep could not go on, such as a platform that cannot be reached; null if it could. */
  readonly failure: UserError | null;
}

/**
 * Measures every cell once in each round, in random order, so that a drift of the platform is not taken for an effect
 * of a setting. Each measured round is stored at once; those stored before are skipped. A cell that the platform
 * refuses, or whose run fails, is recorded with the reason, and the sweep goes on; an environment that fails (exit 4)
 * ends it. After a signal the cell being measured does not count.
 */
export async function runSweep<Cell, Measurement>(
  sweep: Sweep<Cell, Measurement>,
  deps: SweepDeps,
): Promise<SweepEnd<Cell, Measurement>> {
  const { cells, once = [], rounds: planned, seed, keyOf } = sweep;
  const { dir, stop } = deps;
  const { rounds, skipped } = await readStoredRounds(dir, { ...sweep, cells: [...cells, ...once] });
  for (const line of skipped) deps.say(line);
  const isStored = (cell: Cell, round: number) =>
    rounds.some((one) => one.round === round && keyOf(one.cell) === keyOf(cell));
  const end = (failure: UserError | null): SweepEnd<Cell, Measurement> => ({
    rounds: rounds.toSorted((a, b) => a.startedAtMs - b.startedAtMs),
    isComplete: rounds.length === planned * cells.length + once.length,
    failure,
  });
  const inRounds = Array.from({ length: planned }, (_, index) => index + 1).flatMap((round) =>
    cellOrder(cells.length, seed, round).map((at) => ({ cell: cells[at] as Cell, round })),
  );
  for (const { cell, round } of [...inRounds, ...once.map((cell) => ({ cell, round: 1 }))]) {
    if (isStored(cell, round)) continue;
    if (stop.first() !== null) return end(null);
    try {
      const measured = await measureCell(sweep, deps, cell, round);
      if (measured === null) return end(null);
      await storeRound(dir, keyOf(cell), measured.round);
      rounds.push(measured.round);
      deps.say(measured.line);
    } catch (error) {
      if (error instanceof UserError) return end(error);
      throw error;
    }
  }
  return end(null);
}

/** Null after a signal. Rejects with a UserError if the environment failed. */
async function measureCell<Cell, Measurement>(
  sweep: Sweep<Cell, Measurement>,
  { dir, stop, say, nowMs }: SweepDeps,
  cell: Cell,
  round: number,
): Promise<{
  readonly round: MeasuredRound<Cell, Measurement>;
  /** What was measured, for the terminal. */
  readonly line: string;
} | null> {
  const key = `${round}-${sweep.keyOf(cell)}`;
  const isOnce = sweep.once?.includes(cell) === true;
  const title = `${isOnce ? 'once' : `round ${round} of ${sweep.rounds}`}, ${sweep.nameOf(cell)}`;
  const folder = path.join(dir, 'runs', key);
  await mkdir(path.dirname(folder), { recursive: true });
  let startedAtMs = nowMs();
  let measurement: Measurement;
  let figures: string;
  try {
    await sweep.apply(cell);
    if (stop.first() !== null) return null;
    const { last } = await onceMoreIfInvalid<CellResult<Measurement>>(async (invalid) => {
      if (invalid !== null) say(`${title}: ${invalid.figures}; measured once more`);
      startedAtMs = nowMs();
      return sweep.measure(cell, { round, folder: invalid === null ? folder : `${folder}-again` });
    });
    if (stop.first() !== null) return null;
    ({ measurement, figures } = last);
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode === EXIT.environment) throw error;
    if (stop.first() !== null) return null;
    figures = reasonOf(error);
    measurement = sweep.failed(figures);
  }
  const measured = { cell, round, startedAtMs, endedAtMs: nowMs(), measurement };
  return { round: measured, line: `${title}: ${figures}` };
}
