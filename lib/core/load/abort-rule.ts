/**
 * When a run is given up: over a whole window of `windowSeconds`, fewer than `successBelow` of the
 * offered orders were served. Not judged before `afterSeconds` of measured load.
 */
export interface AbortRule {
  readonly afterSeconds: number;
  readonly windowSeconds: number;
  /** Share of offered orders, 0 to 1. */
  readonly successBelow: number;
}

/** The latest `windowSeconds` of a run. */
export interface RecentLoad {
  /** Measured load so far, without warm-up. */
  readonly elapsedSeconds: number;
  /** Orders started or dropped in the window, in flight ones left out. */
  readonly offered: number;
  /** Orders created or duplicate in the window. */
  readonly served: number;
}

/** Whether the run is past saving. A window without orders says nothing. */
export function isHopeless(rule: AbortRule, recent: RecentLoad): boolean {
  if (recent.elapsedSeconds < Math.max(rule.afterSeconds, rule.windowSeconds)) return false;
  return recent.offered > 0 && recent.served / recent.offered < rule.successBelow;
}
