import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';

/** Folder of all sweeps. */
export const TUNE_DIR = path.join('results', 'tune');
const RECORD_FILE = 'sweep.json';

const sweepRecordSchema = z.object({
  recordVersion: z.literal(1),
  kind: z.enum(['power', 'batch']),
  id: z.string(),
  /** Arguments of `npm run tune -- power` or `batch` that ask for the same sweep, with *** for what may be a secret. */
  command: z.array(z.string()).readonly(),
  /** Seed of the order of the cells. */
  seed: z.int(),
  startedAt: z.iso.datetime(),
  resumptions: z.int().nonnegative(),
});

/** What a sweep needs to go on after an interrupt, besides the rounds that are stored. */
export type SweepRecord = z.infer<typeof sweepRecordSchema>;

/**
 * Reads what the sweep in a folder was asked for.
 *
 * @throws UserError E_USAGE (exit 2) if it is not the folder of a sweep of this kind.
 */
export async function readSweepRecord(
  dir: string,
  kind: SweepRecord['kind'],
): Promise<SweepRecord> {
  const file = path.join(dir, RECORD_FILE);
  const record = sweepRecordSchema.safeParse(await readJson(file));
  if (!record.success) {
    throw new UserError(
      'E_USAGE',
      `--resume ${dir}: there is no sweep to go on with (${file} is missing or unreadable)`,
    );
  }
  if (record.data.kind === kind) return record.data;
  throw new UserError(
    'E_USAGE',
    `--resume ${dir}: this is a sweep of npm run tune:${record.data.kind}; resume it with that`,
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) !== undefined) return null;
    throw error;
  }
}

/**
 * Writes the record of a sweep into its folder, which is created if necessary.
 *
 * @throws UserError E_RESULTS_UNWRITABLE (exit 4).
 */
export async function writeSweepRecord(dir: string, record: SweepRecord): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await writeFileAtomically(path.join(dir, RECORD_FILE), `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write to ${dir} (${codeOf(error) ?? String(error)}). Free some space, or fix its permissions.`,
      EXIT.environment,
    );
  }
}
