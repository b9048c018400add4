import type { Comparison } from '../compare/comparison.ts';
import type { trendJson } from '../trend/trend-json.ts';
import type { TrendMetric } from '../trend/trend-metric.ts';
import type { NightScenario } from './night-plan.ts';

/** What `npm run trend -- --json` says of one series. */
export type TrendOfSeries = ReturnType<typeof trendJson>;

/** One run of the night. */
export interface NightRun {
  readonly scenario: NightScenario;
  /** Folder of its report, from that of the night. */
  readonly folder: string;
  /** Of the command; null when it was killed. */
  readonly exitCode: number | null;
  /** first: as planned. again: after an INVALID one. confirm: because a regression was suspected. */
  readonly purpose: 'first' | 'again' | 'confirm';
  /** Null where there is no report. */
  readonly report: {
    readonly run: string;
    readonly verdict: 'pass' | 'fail' | 'invalid';
    readonly reason: string;
    /** What to do next, as a sentence without its period. Absent if it passed. */
    readonly next?: string;
    readonly successRatio: number | null;
    readonly p95Ms: number | null;
    readonly target: string;
  } | null;
}

/** A look back that was not made, and why. */
export interface NotMade {
  readonly notMade: string;
  /** Of the night, where it failed; absent where there was nothing to look at. */
  readonly exitCode?: number;
}

export type NightComparison = Comparison | NotMade;

/** A metric of a scenario that seems worse than before. */
export interface Suspicion {
  readonly scenario: NightScenario;
  readonly metric: TrendMetric;
  readonly from: 'compare' | 'trend';
  readonly sentence: string;
}

/** Everything that a night came to. Written as `night.json`. */
export interface Night {
  readonly nightVersion: '1.0';
  readonly startedAt: string;
  readonly commit: string | null;
  /** In the order in which they ran. */
  readonly runs: readonly NightRun[];
  /** The steady runs against the history before this night. */
  readonly comparison: NightComparison;
  /** The series that have a run of this night, once all runs are in. */
  readonly trends: readonly TrendOfSeries[];
  /** Why there are no trends, or null. */
  readonly noTrend: string | null;
  readonly suspected: readonly Suspicion[];
  /** Those of them that the rerun showed again; null where none came to its end. */
  readonly confirmed: readonly Suspicion[] | null;
  /** Exit code of the first look back that failed, or null. */
  readonly lookBackExitCode: number | null;
  /** 130 or 143 where a signal ended the night, or null. */
  readonly interruptedExitCode: number | null;
  /** Planned steps that were not begun. */
  readonly notRun: readonly NightScenario[];
}
