import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { subtract } from '../histogram/subtract.ts';

/** The state of a counter or of a cumulative histogram at one moment. */
export type Cumulative = number | Histogram;

/** The increase between two states, or how the later one fell below the earlier. */
export function increaseOf(later: Cumulative, earlier: Cumulative): Cumulative | { fell: string } {
  if (typeof later === 'number' && typeof earlier === 'number') {
    return later < earlier ? { fell: `fell from ${earlier} to ${later}` } : later - earlier;
  }
  if (typeof later === 'number' || typeof earlier === 'number') {
    return { fell: 'is a counter in one push and a histogram in another' };
  }
  try {
    return subtract(later, earlier);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { fell: `fell from ${countOf(earlier)} to ${countOf(later)} (${error.message})` };
  }
}

/** Whether an increase is zero. */
export function isNothing(increase: Cumulative): boolean {
  return typeof increase === 'number' ? increase === 0 : countOf(increase) === 0;
}

export function isFall(result: Cumulative | { fell: string }): result is { fell: string } {
  return typeof result === 'object' && 'fell' in result;
}
