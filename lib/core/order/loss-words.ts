import type { Outcome, SUCCESS_OUTCOMES } from './outcome.ts';

/** What can become of an order that is not stored: an outcome, or none. */
export type Loss = Exclude<Outcome, (typeof SUCCESS_OUTCOMES)[number]> | 'unresolved' | 'dropped';

/** What became of such orders, to be put behind their number: "12 throttled". */
export const LOSS_WORDS: Readonly<Record<Loss, string>> = {
  rejected: 'rejected',
  throttled: 'throttled',
  platformRejected: 'rejected by the platform',
  serverError: 'failed with a server error',
  timeout: 'timed out',
  connection: 'failed with a connection error',
  unexpectedBody: 'got an unexpected response',
  unresolved: 'never answered',
  dropped: 'dropped',
};
