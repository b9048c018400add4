import type { HistoryEntry } from '../history/history-entry.ts';

/**
 * Standard error of a run's success by chance alone, taking clusters of failures into account. Without it, one lost
 * order after runs that all stored everything would be a regression.
 * @param ratio the expected success.
 */
export function successError(
  { offered, overdispersion }: Pick<HistoryEntry['success'], 'offered' | 'overdispersion'>,
  ratio: number,
): number {
  const orders = offered / overdispersion;
  // At least half a failure is expected, so the error after a perfect history is not zero.
  const failing = Math.min(1, Math.max(1 - ratio, 0.5 / orders));
  return Math.sqrt((failing * (1 - failing)) / orders);
}
