import { formatMs, formatRate, formatRatio } from '../report/format-figure.ts';
import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import type { RandomArrivals } from '../report/schema/random-arrivals-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';

/** How far above a measured rate the rate that a limit allows may lie and still explain what was throttled there. */
const NEAR = 1.15;

/**
 * What the limit on concurrency has to do with the answer, in a sentence. Null if it says nothing about it: nothing was
 * throttled, and orders that arrive at random would be stored as well. `missed` is the step that ended the search.
 */
export function limitExplanation(
  random: RandomArrivals | undefined,
  missed: Pick<JudgedStep, 'limit' | 'ratePerSecond'> | null,
  { arrivals, slo }: Report['load'],
): string | null {
  if (random === undefined) return null;
  const { concurrency, durationMs, ratePerSecond, sloRatePerSecond, evenRatePerSecond } = random;
  const isEven = (arrivals?.kind ?? 'even') === 'even';
  const isHiding = isEven && sloRatePerSecond < ratePerSecond;
  if (missed?.limit !== 'throttled') return isHiding ? random.why : null;
  const allowed = isEven ? evenRatePerSecond : sloRatePerSecond;
  if (allowed <= NEAR * missed.ratePerSecond) return random.why;
  const refused = isEven
    ? `it refuses evenly spaced orders only above ${formatRate(allowed)}`
    : `it refuses ${formatRatio(1 - slo.successRatio)} of random arrivals only at ${formatRate(allowed)} (Erlang B)`;
  return `The limit of ${concurrency} concurrent calls does not explain this by itself: at ${formatMs(durationMs)} a call, ${refused}. Cold starts take longer, and another limit may be lower.`;
}
