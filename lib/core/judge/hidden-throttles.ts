import type { Report } from '../report/schema/report-schema.ts';

/** Counts within this factor of each other are taken to match; the platform also counts other callers. */
const SAME_MAGNITUDE = 2;

/**
 * Whether the gateway's responses without a reason were throttles: the platform counted about that many more
 * throttles than the client did. False if no lens read the platform's counts.
 */
export function hidesThrottles({ requests, lambda }: Report): boolean {
  const { platformRejected } = requests.outcomes;
  const throttles = lambda.platform?.agreement.find(({ what }) => what === 'throttles');
  if (throttles?.platform == null || platformRejected === 0) return false;
  const ratio = (throttles.platform - (throttles.client ?? 0)) / platformRejected;
  return ratio >= 1 / SAME_MAGNITUDE && ratio <= SAME_MAGNITUDE;
}
