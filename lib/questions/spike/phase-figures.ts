import { addAll } from '../../core/histogram/add.ts';
import { p95Interval } from '../../core/judge/p95-interval.ts';
import { SUCCESS_OUTCOMES } from '../../core/order/outcome.ts';
import { addOutcomeCounts, forEachOutcome, servedOf } from '../../core/report/outcome-counts.ts';
import { overdispersion } from '../../core/report/overdispersion.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { judgedLatency } from '../../core/report/thresholds.ts';
import { wilsonInterval } from '../../core/statistics/wilson-interval.ts';
import { inPhase, type Phase } from './phases.ts';
import type { Burst } from './schema.ts';
import type { SentWindow } from './sent-windows.ts';

function stepsOf(report: Report, { steps }: Phase): Report['steps'] {
  return report.steps.filter(({ name }) => steps.includes(name));
}

/**
 * Older reports do not assign dropped orders to steps; there, a window across a border counts towards the burst, which
 * has the higher rate.
 */
function droppedOf(report: Report, phase: Phase): number {
  const { load, windows } = report;
  if (load.arrivals !== undefined) {
    return stepsOf(report, phase).reduce((sum, { dropped = 0 }) => sum + dropped, 0);
  }
  const isBurst = phase.steps.includes('burst');
  const inside = windows.filter(({ startOffsetMs, lengthMs }) =>
    isBurst
      ? startOffsetMs + lengthMs > phase.fromMs && startOffsetMs < phase.toMs
      : startOffsetMs >= phase.fromMs,
  );
  return phase.steps.length === 0 ? 0 : inside.reduce((sum, { dropped }) => sum + dropped, 0);
}

/** Success of the orders that were due in a phase; null if none was. */
export function successOf(
  report: Report,
  phase: Phase,
  windows: readonly SentWindow[],
): Burst['success'] {
  const steps = stepsOf(report, phase);
  const offered = steps.reduce((sum, { started }) => sum + started, 0) + droppedOf(report, phase);
  if (offered === 0) return null;
  const served = steps.reduce((sum, { outcomes }) => sum + servedOf(outcomes), 0);
  const spread = overdispersion(
    inPhase(windows, phase).map((window) => ({
      hits: window.failed,
      trials: window.served + window.failed,
    })),
  );
  const interval = wilsonInterval(served / spread, offered / spread) ?? [0, 1];
  return { ratio: served / offered, interval, offered };
}

/** p95 of the orders that were due in a phase; null without a latency. */
export function p95Of(report: Report, phase: Phase, windows: readonly SentWindow[]): Burst['p95'] {
  const steps = stepsOf(report, phase);
  const judged = judgedLatency(
    addAll(steps.map(({ success }) => success.histogram)),
    steps.reduce((sum, { outcomes }) => sum + outcomes.timeout, 0),
    report.load.requestTimeoutMs,
  );
  return p95Interval(
    judged,
    inPhase(windows, phase).map((window) => window.judged),
  );
}

/** The orders that were due in a phase and not stored. */
export function lostOf(report: Report, phase: Phase): Burst['lost']['after'] {
  const steps = stepsOf(report, phase);
  const all = addOutcomeCounts(steps.map(({ outcomes }) => outcomes));
  const isSuccess = (outcome: string) => SUCCESS_OUTCOMES.some((name) => name === outcome);
  const outcomes = forEachOutcome((outcome) => (isSuccess(outcome) ? 0 : all[outcome]));
  const unresolved = steps.reduce((sum, step) => sum + step.unresolved, 0);
  const dropped = droppedOf(report, phase);
  const failed = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return { total: failed + unresolved + dropped, outcomes, unresolved, dropped };
}
