import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { MeasuredRound } from '../../core/tune/measured-round.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';

export interface StoredRounds<Cell, Measurement> {
  readonly rounds: MeasuredRound<Cell, Measurement>[];
  /** One line for each file that could not be read; its round is measured again. */
  readonly skipped: readonly string[];
}

/** The rounds stored in the folder of a sweep that are among the planned ones. */
export async function readStoredRounds<Cell, Measurement>(
  dir: string,
  plan: {
    readonly cells: readonly Cell[];
    readonly rounds: number;
    readonly keyOf: (cell: Cell) => string;
    readonly cellSchema: z.ZodType<Cell>;
    readonly measurementSchema: z.ZodType<Measurement>;
  },
): Promise<StoredRounds<Cell, Measurement>> {
  const schema = z.object({
    cell: plan.cellSchema,
    round: z.int().min(1).max(plan.rounds),
    startedAtMs: z.number(),
    endedAtMs: z.number(),
    measurement: plan.measurementSchema,
  });
  const planned = new Set(plan.cells.map(plan.keyOf));
  const folder = path.join(dir, 'rounds');
  const names = (await readdir(folder).catch(() => [])).filter((name) =>
    /^\d.*[.]json$/.test(name),
  );
  const rounds: MeasuredRound<Cell, Measurement>[] = [];
  const skipped: string[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    try {
      const round = schema.parse(JSON.parse(await readFile(file, 'utf8')));
      const key = plan.keyOf(round.cell);
      if (name === fileName(round.round, key) && planned.has(key)) rounds.push(round);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      skipped.push(`${file} cannot be read, so its round is measured again`);
    }
  }
  return { rounds, skipped };
}

/**
 * Stores a measured round; `key` tells its cell from others.
 *
 * @throws UserError E_RESULTS_UNWRITABLE (exit 4).
 */
export async function storeRound(
  dir: string,
  key: string,
  round: MeasuredRound<unknown, unknown>,
): Promise<void> {
  const file = path.join(dir, 'rounds', fileName(round.round, key));
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, `${JSON.stringify(round)}\n`);
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write to ${file} (${codeOf(error) ?? String(error)}). Free some space or fix its permissions, then go on with --resume ${dir}.`,
      EXIT.environment,
    );
  }
}

function fileName(round: number, key: string): string {
  return `${round}-${key}.json`;
}
