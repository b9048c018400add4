import type { ResendTally } from '../telemetry/tally.ts';
import { addByOutcome, latencyFigures, latencyOfFigures } from './latency-by-outcome.ts';
import { addOutcomeCounts, outcomeCountsOf, resolvedOf } from './outcome-counts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';
import type { Retries } from './schema/retries-schema.ts';

/** Second sends, in a form that can be added up over runners and reports. */
export interface MeasuredRetries {
  readonly sent: number;
  readonly latencyByOutcome: ResendTally['latencyByOutcome'];
  /** Second sends of orders whose first send had stored them. */
  readonly servedBefore: { readonly outcomes: OutcomeCounts };
}

export function measuredRetries(resends: ResendTally): MeasuredRetries {
  return {
    sent: resends.sent,
    latencyByOutcome: addByOutcome([resends.latencyByOutcome]),
    servedBefore: { outcomes: outcomeCountsOf(resends.servedBefore) },
  };
}

export function addRetries(parts: readonly MeasuredRetries[]): MeasuredRetries {
  return {
    sent: parts.reduce((sum, part) => sum + part.sent, 0),
    latencyByOutcome: addByOutcome(parts.map((part) => part.latencyByOutcome)),
    servedBefore: {
      outcomes: addOutcomeCounts(parts.map((part) => part.servedBefore.outcomes)),
    },
  };
}

/** The `retries` of a report, or undefined if the run did not send orders again. */
export function retryFigures(ratio: number, measured: MeasuredRetries): Retries | undefined {
  if (ratio === 0) return undefined;
  const outcomes = outcomeCountsOf(measured.latencyByOutcome);
  return {
    ratio,
    sent: measured.sent,
    unresolved: measured.sent - resolvedOf(outcomes),
    outcomes,
    servedBefore: measured.servedBefore.outcomes,
    latencyMs: latencyFigures(measured.latencyByOutcome),
  };
}

/** The measurements that the `retries` of a report were computed from. */
export function retriesOfFigures(retries: Retries | undefined): MeasuredRetries {
  if (retries === undefined) return addRetries([]);
  return {
    sent: retries.sent,
    latencyByOutcome: latencyOfFigures(retries.latencyMs),
    servedBefore: { outcomes: retries.servedBefore },
  };
}
