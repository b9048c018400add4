import type { Answers } from './answers-schema.ts';

/** What one question makes of a run. */
export interface Answered {
  readonly answers: Answers;
  /** What the answer says against the run; the worst one decides the verdict. */
  readonly findings: readonly Finding[];
  /** The first reason of a run that passes, where its answer says more than its thresholds. */
  readonly summary?: string;
}

export interface Finding {
  readonly verdict: 'fail' | 'invalid';
  /** One sentence that says what was found and what to do. */
  readonly reason: string;
  /** It was seen by itself and holds whatever the load proves: it fails a run that is invalid without it. */
  readonly standsAlone?: true;
}
