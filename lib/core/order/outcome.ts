/**
 * What became of one order, as the client saw it. Every order that was sent has exactly one outcome, or none if k6 was
 * stopped before the response came (`unresolved`).
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

/** Outcomes of a stored order. Success is their sum divided by the number of orders offered. */
export const SUCCESS_OUTCOMES = ['created', 'duplicate'] as const satisfies readonly Outcome[];
