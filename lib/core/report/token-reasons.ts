import type { Evidence } from './evidence.ts';
import type { Fault } from './fault.ts';
import { formatCount } from './format-figure.ts';
import { servedOf } from './outcome-counts.ts';

export interface TokenReasons {
  /** Why no conclusion can be drawn. */
  readonly invalid: readonly Fault[];
  readonly notes: readonly string[];
}

/**
 * What a token that was not renewed in time means for the verdict. The target was right to refuse the orders that
 * carried it: if the SLO would have been met with them stored, no conclusion can be drawn.
 */
export function tokenReasons({ generator, requests, thresholds, plan }: Evidence): TokenReasons {
  const { token } = generator;
  if (token === undefined || token.failures + token.refusedOrders === 0) {
    return { invalid: [], notes: [] };
  }
  const why =
    token.lastFailure === null
      ? 'The bearer token was renewed too late'
      : `The bearer token could not be renewed (${token.lastFailure})`;
  if (token.refusedOrders === 0) {
    return {
      invalid: [],
      notes: [`${why}; no order is known to have been refused because of it.`],
    };
  }
  const { rejected } = requests.outcomes;
  // k6 reports them only at intervals, and the last ones not at all if it is stopped.
  const refused = token.refusedOrders * 2 >= rejected ? rejected : token.refusedOrders;
  const what = `${why}, so ${formatCount(token.refusedOrders, 'order')} carried an expired token and ${token.refusedOrders === 1 ? 'was' : 'were'} refused. That is not the target's fault.`;
  const isMissed = thresholds.some(({ name, ok }) => name === 'success' && !ok);
  const atBest = servedOf(requests.outcomes) + requests.dropped + refused;
  const isOpen =
    plan.question.judgedBy !== 'run' ||
    (isMissed && atBest >= plan.slo.successRatio * requests.offered);
  return isOpen
    ? { invalid: [{ cause: 'token', text: what }], notes: [] }
    : { invalid: [], notes: [what] };
}
