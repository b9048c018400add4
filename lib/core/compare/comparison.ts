import type { ComparedMetric, CompareSettings } from './compare-settings.ts';

export const COMPARE_VERDICTS = [
  'regress',
  'improve',
  'no-change',
  'inconclusive',
  'incomparable',
] as const;
export type CompareVerdict = (typeof COMPARE_VERDICTS)[number];

/** How the two sides came about, which decides where the noise is known from. */
export const COMPARE_MODES = ['duet', 'repeated', 'single', 'candidate'] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];

export const WHY_INCONCLUSIVE = [
  'no-noise-floor',
  'short-history',
  'too-few-orders',
  'too-few-windows',
  'too-few-rounds',
  'too-noisy',
] as const;
export type WhyInconclusive = (typeof WHY_INCONCLUSIVE)[number];

export interface MetricComparison {
  readonly metric: ComparedMetric;
  readonly verdict: CompareVerdict;
  /** Takes part in the verdict on the whole. A metric that the load is too small for does not. */
  readonly gated: boolean;
  readonly why: WhyInconclusive | null;
  /** Level of each side: ms, or a rate for success. Geometric mean over several runs. */
  readonly a: number | null;
  readonly b: number | null;
  /** B against A: relative for latencies (0.05: 5% slower), the difference of the rates for success. */
  readonly effect: number | null;
  /** 95% confidence interval of it. */
  readonly interval: readonly [low: number, high: number] | null;
  /**
   * The interval that the verdict hangs on, and its confidence: for a change as wide as the other metrics leave it
   * (Holm), for no change 90%. Null where nothing was decided by one.
   */
  readonly decisive: {
    readonly level: number;
    readonly interval: readonly [low: number, high: number];
  } | null;
  /** Two-sided, before and after the correction for several metrics (Holm). */
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** Effect that would be found with a chance of 80%, by what is known of the noise. Null where nothing is. */
  readonly smallestDetectable: number | null;
  /**
   * Runs of each side (rounds of a duet) that would settle it if the effect stayed as it is. Null for a
   * candidate: its runs share the noise of their night, and more of them would not tell more.
   */
  readonly runsNeeded: number | null;
  /** What it comes to in plain words. */
  readonly sentence: string;
}

/** A condition of the comparison that is looked at and not gated. */
export interface ComparisonCheck {
  readonly name: 'rps' | 'dropped';
  readonly a: number | null;
  readonly b: number | null;
  readonly ok: boolean;
  readonly sentence: string;
}

export interface ComparisonSide {
  /** As the user named it, or the arm. */
  readonly name: string;
  readonly target: string;
  readonly runs: readonly string[];
  readonly commits: readonly string[];
  /** Versions of the order API; absent where none is known. */
  readonly releases?: readonly string[];
}

/** What comes of comparing two sides. */
export interface Comparison {
  readonly comparisonVersion: '1.0';
  readonly verdict: CompareVerdict;
  readonly headline: string;
  readonly mode: CompareMode;
  readonly scenario: string;
  readonly profile: string;
  readonly a: ComparisonSide;
  readonly b: ComparisonSide;
  /** Why the two cannot be compared; empty when they can. */
  readonly incomparable: readonly string[];
  readonly metrics: readonly MetricComparison[];
  readonly checks: readonly ComparisonCheck[];
  /** What the reader must know to trust the verdict. */
  readonly notes: readonly string[];
  /** What would settle what is open. */
  readonly advice: readonly string[];
  /** Runs of the history that were used. */
  readonly historyRuns: number;
  readonly settings: CompareSettings;
}
