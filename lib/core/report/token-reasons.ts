import type { Evidence } from './evidence.ts';
import { formatCount } from './format-figure.ts';
import { servedOf } from './outcome-counts.ts';

export interface TokenReasons {
  /** Why the run decides nothing. */
  readonly invalid: readonly string[];
  readonly notes: readonly string[];
}

/**
 * What a token that could not be renewed in time means for the verdict. The target was right to refuse the orders
 * that carried it: where the service level would have been met with them, the run decides nothing.
 */
export function tokenReasons({ generator, requests, thresholds, plan }: Evidence): TokenReasons {
  const { token } = generator;
  if (token === undefined || token.failures + token.refusedOrders === 0) {
    return { invalid: [], notes: [] };
  }
  const why =
    token.lastFailure === null
      ? 'The bearer token was renewed too late here'
      : `The bearer token could not be renewed here (${token.lastFailure})`;
  if (token.refusedOrders === 0) {
    return { invalid: [], notes: [`${why}; no order was seen to be refused for it.`] };
  }
  const { rejected } = requests.outcomes;
  // k6 tells of them now and then, and not of the last where it is ended.
  const refused = token.refusedOrders * 2 >= rejected ? rejected : token.refusedOrders;
  const what = `${why}, so that ${formatCount(token.refusedOrders, 'order')} carried one that had ended and ${token.refusedOrders === 1 ? 'was' : 'were'} refused, which is not the target's fault.`;
  const isMissed = thresholds.some(({ name, ok }) => name === 'success' && !ok);
  const atBest = servedOf(requests.outcomes) + requests.dropped + refused;
  const isOpen =
    plan.question.judgedBy !== 'run' ||
    (isMissed && atBest >= plan.slo.successRatio * requests.offered);
  return isOpen
    ? { invalid: [`${what} Mend what gives the token, and run again.`], notes: [] }
    : { invalid: [], notes: [what] };
}
