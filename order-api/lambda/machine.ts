import type { Random } from './random.ts';

/** Returns a function that cancels the timer. */
export type StartTimer = (ms: number, callback: () => void) => () => void;

/** The clock, timers and random numbers of the functions. */
export interface Machine {
  /** Monotonic clock. */
  readonly nowMs: () => number;
  /** Epoch ms; `Date.now` by default. */
  readonly epochMs?: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly startTimer: StartTimer;
  /** Draws the pauses of CPU quotas. Without it, every call takes the mean. */
  readonly random?: Random;
}
