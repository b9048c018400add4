import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { parseSweeps } from '../../core/tune/history/parse-sweeps.ts';
import type { SweepEntry } from '../../core/tune/history/sweep-entry.ts';
import { appendLine } from './append-line.ts';

/** In a folder of its own: a user's scenario may be called "tune", and its runs are in tune.jsonl. */
const fileOf = (historyDir: string) => path.join(historyDir, 'sweeps', 'tune.jsonl');

/**
 * The sweeps of the history in `dir`; none if there is no file yet.
 * @throws UserError E_HISTORY_UNREADABLE (exit 2).
 */
export async function readSweeps(dir: string): Promise<ReturnType<typeof parseSweeps>> {
  const file = fileOf(dir);
  try {
    return parseSweeps(await readFile(file, 'utf8'), file);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { sweeps: [], skipped: [] };
    throw new UserError('E_HISTORY_UNREADABLE', `Cannot read ${file} (${code}).`);
  }
}

/**
 * Adds a sweep to the history in `dir`.
 * @throws UserError E_HISTORY_UNWRITABLE (exit 4).
 */
export async function appendSweep(dir: string, sweep: SweepEntry): Promise<void> {
  try {
    await appendLine(fileOf(dir), JSON.stringify(sweep));
  } catch (error) {
    throw new UserError(
      'E_HISTORY_UNWRITABLE',
      `Cannot add the sweep to ${fileOf(dir)} (${codeOf(error)}). Free some space, fix its permissions, or choose another folder with --history (none: keep no history).`,
      EXIT.environment,
    );
  }
}
