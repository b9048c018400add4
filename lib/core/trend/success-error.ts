import type { HistoryEntry } from '../history/history-entry.ts';

/**
 * What chance alone moves the success rate of a run by, failures in clusters counted as such: runs that
 * all stored everything would else make one lost order a regression.
 * @param ratio the rate that is expected of it.
 */
export function successError(
  { offered, overdispersion }: Pick<HistoryEntry['success'], 'offered' | 'overdispersion'>,
  ratio: number,
): number {
  const orders = offered / overdispersion;
  // Half a failure more than expected keeps the error of a perfect past above nothing.
  const failing = Math.min(1, Math.max(1 - ratio, 0.5 / orders));
  return Math.sqrt((failing * (1 - failing)) / orders);
}
