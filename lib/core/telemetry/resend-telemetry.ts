import { SUCCESS_OUTCOMES } from '../order/outcome.ts';
import { addLatency, isOutcome, type LatencyCounts, resolvedCount } from './latency-counts.ts';
import type { SeriesState } from './series-state.ts';
import type { ResendTally } from './tally.ts';

/**
 * Orders that were sent again, from the measured series of one runner. The counter may lack the last few (see
 * `talliesByStep`), so the count is at least that of the histograms.
 */
export function resendsOf(series: readonly SeriesState[]): ResendTally {
  const latency: LatencyCounts = new Map();
  const servedBefore: LatencyCounts = new Map();
  const countedByStep = new Map<string, { sent: number; resolved: LatencyCounts }>();
  for (const { id, settled } of series) {
    const value = settled?.value;
    const step = countedByStep.get(id.step) ?? { sent: 0, resolved: new Map() };
    if (id.kind === 'resent' && typeof value === 'number') {
      step.sent += value;
    } else if (id.kind === 'resendPow8' && typeof value === 'object' && isOutcome(id.outcome)) {
      addLatency(latency, id.outcome, value);
      addLatency(step.resolved, id.outcome, value);
      if (isServed(id.first)) addLatency(servedBefore, id.outcome, value);
    }
    countedByStep.set(id.step, step);
  }
  let sent = 0;
  for (const step of countedByStep.values())
    sent += Math.max(step.sent, resolvedCount(step.resolved));
  return {
    sent,
    latencyByOutcome: Object.fromEntries(latency),
    servedBefore: Object.fromEntries(servedBefore),
  };
}

function isServed(outcome: string): boolean {
  return (SUCCESS_OUTCOMES as readonly string[]).includes(outcome);
}
