import { createInterface } from 'node:readline/promises';
import { UserError } from '../../core/errors/user-error.ts';
import type { SweepProcess } from './sweep-deps.ts';

/**
 * Asks on a terminal whether a sweep may change what it has just listed, unless `--yes` was given. A local order API
 * needs no question. Null after a signal.
 *
 * @throws UserError E_USAGE (exit 2) if it may not, or nobody can be asked.
 */
export async function confirmChanges(
  { isAws, isYes }: { readonly isAws: boolean; readonly isYes: boolean },
  { stdin, stderr, stop }: Pick<SweepProcess, 'stdin' | 'stderr' | 'stop'>,
): Promise<true | null> {
  if (!isAws || isYes) return true;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new UserError(
      'E_USAGE',
      'this changes settings on AWS, and there is no terminal to ask on: add --yes',
    );
  }
  stderr.write('Change these settings for the time of the sweep? [y/N] ');
  const lines = createInterface({ input: stdin });
  try {
    const answer = await stop.orStop(lines[Symbol.asyncIterator]().next());
    if (answer === null) return null;
    if (/^y(es)?$/i.test(String(answer.value ?? '').trim())) return true;
    throw new UserError('E_USAGE', 'not confirmed, so nothing was changed');
  } finally {
    lines.close();
  }
}
