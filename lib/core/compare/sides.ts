import { LEAST_REPEATS } from './compare-settings.ts';
import type { ComparedRun, PastRun } from './compared-run.ts';
import type { CompareMode } from './comparison.ts';
import type { ConfirmedChange } from './noise-floor.ts';

/** What is compared: runs of A, runs of B, and runs of the past that tell how runs differ. */
export interface Sides {
  /** Empty where the candidate B is held against the history itself. */
  readonly a: readonly ComparedRun[];
  readonly b: readonly ComparedRun[];
  /** Oldest first; none of the runs of A and B. */
  readonly history: readonly PastRun[];
  /** Changes of level that a trend of that history confirmed. */
  readonly confirmed?: readonly ConfirmedChange[];
}

export function modeOf({ a, b }: Sides): Exclude<CompareMode, 'duet'> {
  if (a.length === 0) return 'candidate';
  return Math.min(a.length, b.length) >= LEAST_REPEATS ? 'repeated' : 'single';
}
