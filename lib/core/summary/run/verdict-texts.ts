import type { Tone } from '../../text/statement.ts';

/** The verdict of a run as it is shown. */
export type RunVerdict = 'pass' | 'fail' | 'invalid' | 'measured';

export const VERDICT_TEXTS: Readonly<
  Record<RunVerdict, { readonly tone: Tone; readonly word: string }>
> = {
  pass: { tone: 'good', word: 'Pass' },
  fail: { tone: 'bad', word: 'Fail' },
  invalid: { tone: 'open', word: 'Invalid' },
  measured: { tone: 'measured', word: 'Measured' },
};
