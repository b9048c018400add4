import { LEAST_REPEATS } from './compare-settings.ts';
import type { ComparedRun, PastRun } from './compared-run.ts';
import type { CompareMode } from './comparison.ts';
import type { ConfirmedChange } from './noise-floor.ts';

/** The runs of A and of B, and past runs that show how much runs vary. */
export interface Sides {
  /** Empty if the candidate B is compared with the history itself. */
  readonly a: readonly ComparedRun[];
  readonly b: readonly ComparedRun[];
  /** Oldest first, without the runs of A and B. */
  readonly history: readonly PastRun[];
  /** Changes of level in that history that a trend has confirmed. */
  readonly confirmed?: readonly ConfirmedChange[];
}

export function modeOf({ a, b }: Sides): Exclude<CompareMode, 'duet'> {
  if (a.length === 0) return 'candidate';
  return Math.min(a.length, b.length) >= LEAST_REPEATS ? 'repeated' : 'single';
}
