/**
 * What became of one order, as the client saw it. Every order that was started ends in exactly one
 * outcome, or in none (`unresolved`: k6 was stopped while the answer was still on its way).
 */
export const OUTCOMES = [
  'created',
  'duplicate',
  'rejected',
  'throttled',
  'platformRejected',
  'serverError',
  'timeout',
  'connection',
  'unexpectedBody',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes that serve the customer: the order is stored. Success is their sum over what was offered. */
export const SUCCESS_OUTCOMES = ['created', 'duplicate'] as const satisfies readonly Outcome[];
