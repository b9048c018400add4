import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirmChanges } from '../../../lib/app/tune/confirm-changes.ts';
import { stopWhen } from './stop-after.ts';

/** Asks on a terminal whose user types `typed`; null types nothing. */
async function ask(typed: string | null, { isTTY = true, isStopped = false } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  if (typed !== null) stdin.end(`${typed}\n`);
  let asked = '';
  const stderr = { isTTY, write: (text: string) => (asked += text) };
  const stop = stopWhen(() => isStopped);
  const answer = confirmChanges({ isAws: true, isYes: false }, { stdin, stderr, stop });
  return { answer: await answer, asked };
}

describe('confirmChanges', () => {
  it('asks before settings on AWS are changed', async () => {
    const { answer, asked } = await ask('y');
    expect(answer).toBe(true);
    expect(asked).toMatch(/^Change these settings .*\[y\/N\] $/);
  });

  it.each(['', 'n', 'yep'])('takes %j for a no', async (typed) => {
    await expect(ask(typed)).rejects.toThrow('not confirmed, so nothing was changed');
  });

  it('is null after a signal', async () => {
    expect((await ask(null, { isStopped: true })).answer).toBeNull();
  });

  it('wants --yes where nobody can be asked', async () => {
    await expect(ask('y', { isTTY: false })).rejects.toThrow('add --yes');
  });

  it('asks nothing for a local order API, or with --yes', async () => {
    const quiet = {
      stdin: new PassThrough(),
      stderr: { write: () => true },
      stop: stopWhen(() => false),
    };
    expect(await confirmChanges({ isAws: false, isYes: false }, quiet)).toBe(true);
    expect(await confirmChanges({ isAws: true, isYes: true }, quiet)).toBe(true);
  });
});
