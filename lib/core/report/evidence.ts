import type { QuestionTraits } from '../load/load-plan.ts';
import { resolvedOf } from './outcome-counts.ts';
import { type PlanFacts, planFactsOfReport } from './run-facts.ts';
import type { Report, Threshold } from './schema/report-schema.ts';
import type { JudgedCounts } from './thresholds.ts';

/** Everything that a verdict is based on. */
export interface Evidence {
  readonly plan: PlanFacts;
  readonly baseUrl: string;
  readonly run: Pick<
    Report['run'],
    'scenario' | 'status' | 'abortReason' | 'runners' | 'k6Exits' | 'telemetryFaults'
  >;
  readonly requests: Pick<
    Report['requests'],
    'offered' | 'total' | 'dropped' | 'unresolved' | 'outcomes' | 'failures'
  >;
  readonly warmupOutcomes: Report['warmup']['outcomes'];
  readonly judged: JudgedCounts;
  readonly thresholds: readonly Threshold[];
  readonly generator: Pick<
    Report['generator'],
    'saturated' | 'why' | 'exceptions' | 'notSent' | 'latenessMs' | 'heldBack' | 'token' | 'peakVUs'
  >;
}

/** The evidence from which the verdict of a report was formed. */
export function evidenceOf(report: Report, question: QuestionTraits): Evidence {
  const { target, run, requests, warmup, latencyMs, thresholds, generator } = report;
  return {
    plan: planFactsOfReport(report, question),
    baseUrl: target.baseUrl,
    run,
    requests,
    warmupOutcomes: warmup.outcomes,
    judged: {
      offered: requests.offered,
      outcomes: requests.outcomes,
      success: latencyMs.success.histogram,
    },
    thresholds,
    generator,
  };
}

/** Whether no connection ever succeeded, neither in the warm-up nor in the measured load. */
export function neverConnected(
  outcomes: Report['requests']['outcomes'],
  warmupOutcomes: Report['warmup']['outcomes'],
): boolean {
  const resolved = resolvedOf(outcomes) + resolvedOf(warmupOutcomes);
  return resolved > 0 && resolved === outcomes.connection + warmupOutcomes.connection;
}
