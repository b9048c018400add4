import type { Random } from './random.ts';

/** Gives back what cancels the timer. */
export type StartTimer = (ms: number, callback: () => void) => () => void;

/** The clock, the timers and the chance that functions run on. */
export interface Machine {
  /** Monotonic clock. */
  readonly nowMs: () => number;
  /** Epoch ms; `Date.now` unless given. */
  readonly epochMs?: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly startTimer: StartTimer;
  /** Draws the pauses of CPU quotas; without it every call takes the mean. */
  readonly random?: Random;
}
