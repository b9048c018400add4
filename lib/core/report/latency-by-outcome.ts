import { addAll } from '../histogram/add.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../histogram/histogram.ts';
import { OUTCOMES, type Outcome, SUCCESS_OUTCOMES } from '../order/outcome.ts';
import type { Tally } from '../telemetry/tally.ts';
import { latencyStatsOf } from './latency-stats.ts';
import { forEachOutcome } from './outcome-counts.ts';
import type { RunContext } from './run-context.ts';
import type { Report } from './schema/report-schema.ts';

type LatencyByOutcome = Tally['latencyByOutcome'];

/** Latency of created and duplicate orders. */
export function servedLatency(latencyByOutcome: LatencyByOutcome): Histogram {
  return addAll(SUCCESS_OUTCOMES.map((outcome) => latencyByOutcome[outcome] ?? EMPTY_HISTOGRAM));
}

/** Latency of every order that was sent: all outcomes but `connection`. */
export function sentOf({ connection: _, ...sent }: LatencyByOutcome): Histogram {
  return addAll(Object.values(sent));
}

/** The sum for each outcome that occurred. */
export function addByOutcome(
  parts: readonly LatencyByOutcome[],
): Partial<Record<Outcome, Histogram>> {
  const sums = forEachOutcome((outcome) =>
    addAll(parts.map((part) => part[outcome] ?? EMPTY_HISTOGRAM)),
  );
  return Object.fromEntries(
    OUTCOMES.filter(
      (outcome) => sums[outcome].zeroCount > 0 || sums[outcome].buckets.length > 0,
    ).map((outcome) => [outcome, sums[outcome]]),
  );
}

/** Statistics of all orders that were sent, of stored ones and of each outcome; `exact` are k6's own, if known. */
export function latencyFigures(
  latencyByOutcome: LatencyByOutcome,
  exact: NonNullable<RunContext['exact']> = {},
): Report['latencyMs'] {
  return {
    all: latencyStatsOf(sentOf(latencyByOutcome), exact.all),
    success: latencyStatsOf(servedLatency(latencyByOutcome), exact.success),
    byOutcome: Object.fromEntries(
      OUTCOMES.flatMap((outcome) => {
        const histogram = latencyByOutcome[outcome];
        return histogram === undefined ? [] : [[outcome, latencyStatsOf(histogram)]];
      }),
    ),
  };
}

/** The histograms that `latencyFigures` was computed from. */
export function latencyOfFigures({ byOutcome }: Report['latencyMs']): LatencyByOutcome {
  return Object.fromEntries(
    OUTCOMES.flatMap((outcome) => {
      const stats = byOutcome[outcome];
      return stats === undefined ? [] : [[outcome, stats.histogram]];
    }),
  );
}
