import type { NextStep } from '../text/statement.ts';
import type { ComparedMetric, CompareSettings } from './compare-settings.ts';

export const COMPARE_VERDICTS = [
  'regress',
  'improve',
  'no-change',
  'inconclusive',
  'incomparable',
] as const;
export type CompareVerdict = (typeof COMPARE_VERDICTS)[number];

/** The kind of comparison, which decides what the noise is estimated from. */
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
  /** Whether the metric counts towards the overall verdict. It does not if the load is too small for it. */
  readonly gated: boolean;
  readonly why: WhyInconclusive | null;
  /** Level of each side: ms, or a ratio for success. Geometric mean over several runs. */
  readonly a: number | null;
  readonly b: number | null;
  /** Effect of B relative to A: relative for latencies (0.05 is 5% slower), a difference of ratios for success. */
  readonly effect: number | null;
  /** 95% confidence interval of the effect. */
  readonly interval: readonly [low: number, high: number] | null;
  /**
   * The interval that decided the verdict, and its confidence level: for a change, the level left by the other
   * metrics (Holm); for no change, 90%. Null if no interval decided.
   */
  readonly decisive: {
    readonly level: number;
    readonly interval: readonly [low: number, high: number];
  } | null;
  /** Two-sided p-values, before and after the correction for several metrics (Holm). */
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** Effect that would be detected with a probability of 80%, given the known noise. Null if the noise is not known. */
  readonly smallestDetectable: number | null;
  /**
   * Runs per side (rounds of a duet) that would decide it if the effect stayed as it is. Null for a candidate: its
   * runs share the noise of their night, so more of them would not help.
   */
  readonly runsNeeded: number | null;
  /** The result in one sentence. */
  readonly sentence: string;
}

/** A condition of the comparison that is reported but does not decide a metric. */
export interface ComparisonCheck {
  readonly name: 'rps' | 'dropped';
  readonly a: number | null;
  readonly b: number | null;
  readonly ok: boolean;
  readonly sentence: string;
}

export interface ComparisonSide {
  /** Name that the user gave, or the arm. */
  readonly name: string;
  readonly target: string;
  readonly runs: readonly string[];
  readonly commits: readonly string[];
  /** Versions of the order API; absent if none is known. */
  readonly releases?: readonly string[];
  /** Scenario and profile of its first run; null for a history without a run. */
  readonly scenario: string | null;
  readonly profile: string | null;
}

/** The result of comparing two sides. */
export interface Comparison {
  readonly comparisonVersion: '1.0';
  readonly verdict: CompareVerdict;
  /** The first of the reasons. */
  readonly headline: string;
  /** Why the verdict is what it is, most important first, one sentence each. */
  readonly reasons: readonly string[];
  readonly mode: CompareMode;
  readonly scenario: string;
  readonly profile: string;
  readonly a: ComparisonSide;
  readonly b: ComparisonSide;
  /** Why the sides cannot be compared; empty if they can. */
  readonly incomparable: readonly string[];
  readonly metrics: readonly MetricComparison[];
  readonly checks: readonly ComparisonCheck[];
  /** What the reader needs to know to trust the verdict. */
  readonly notes: readonly string[];
  /** What to do next, most important first. */
  readonly next: readonly NextStep[];
  /** The same as texts. */
  readonly advice: readonly string[];
  /** Number of runs in the history that were used. */
  readonly historyRuns: number;
  readonly settings: CompareSettings;
}
