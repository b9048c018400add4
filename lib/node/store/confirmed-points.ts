import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { type ConfirmedPoint, parseConfirmedPoints } from '../../core/trend/confirmed-point.ts';
import { appendLine } from './append-line.ts';

const fileOf = (historyDir: string) => path.join(historyDir, 'confirmed', 'change-points.jsonl');

/**
 * The confirmed change points of the history in `dir`; none if there is no file yet.
 * @throws UserError E_HISTORY_UNREADABLE (exit 2).
 */
export async function readConfirmedPoints(
  dir: string,
): Promise<ReturnType<typeof parseConfirmedPoints>> {
  const file = fileOf(dir);
  try {
    return parseConfirmedPoints(await readFile(file, 'utf8'), file);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { points: [], skipped: [] };
    throw new UserError('E_HISTORY_UNREADABLE', `Cannot read ${file} (${code}).`);
  }
}

/**
 * Adds points to the confirmed ones; none is ever removed.
 * @throws UserError E_HISTORY_UNWRITABLE (exit 4).
 */
export async function appendConfirmedPoints(
  dir: string,
  points: readonly ConfirmedPoint[],
): Promise<void> {
  try {
    for (const point of points) await appendLine(fileOf(dir), JSON.stringify(point));
  } catch (error) {
    throw new UserError(
      'E_HISTORY_UNWRITABLE',
      `Cannot confirm a change in ${fileOf(dir)} (${codeOf(error)}). Fix its permissions, or use --dry-run, which confirms nothing.`,
      EXIT.environment,
    );
  }
}
