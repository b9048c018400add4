import type { Outcome } from '../order/outcome.ts';

const NAMES: Readonly<Record<Outcome | 'unresolved' | 'dropped', string>> = {
  created: 'created',
  duplicate: 'duplicate',
  rejected: 'rejected',
  throttled: 'throttled',
  platformRejected: 'platform error',
  serverError: 'server error',
  timeout: 'timeout',
  connection: 'connection error',
  unexpectedBody: 'unexpected body',
  unresolved: 'unresolved',
  dropped: 'dropped',
};

/** What became of an order, as the name of a row: "server error". */
export function outcomeName(outcome: Outcome | 'unresolved' | 'dropped'): string {
  return NAMES[outcome];
}
