import type { Report } from '../report/schema/report-schema.ts';

/** Counts within this factor of each other are of the same things; the platform also counts other callers. */
const SAME_MAGNITUDE = 2;

/**
 * Whether the answers of a gateway that did not say why were refusals for too many requests: the platform
 * counted about as many throttles more than the client. False where no lens looked.
 */
export function hidesThrottles({ requests, lambda }: Report): boolean {
  const { platformRejected } = requests.outcomes;
  const throttles = lambda.platform?.agreement.find(({ what }) => what === 'throttles');
  if (throttles?.platform == null || platformRejected === 0) return false;
  const ratio = (throttles.platform - (throttles.client ?? 0)) / platformRejected;
  return ratio >= 1 / SAME_MAGNITUDE && ratio <= SAME_MAGNITUDE;
}
