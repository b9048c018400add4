/** One answer with the target's time in its `Date` header. Epoch ms. */
export interface DatedAnswer {
  readonly sentMs: number;
  readonly receivedMs: number;
  /** Whole seconds, as HTTP has it. */
  readonly dateMs: number;
}

export interface ClockOffset {
  /** The target's clock minus this machine's. */
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/**
 * How far the target's clock is ahead. A `Date` of D says that the target's time was in [D, D + 1 s)
 * somewhere between sending and receiving, which bounds the offset to (D − received, D + 1 s − sent);
 * the bounds of many answers are intersected, down to about a round trip. Null where there are none,
 * or where they contradict each other.
 */
export function clockOffset(answers: readonly DatedAnswer[]): ClockOffset | null {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { sentMs, receivedMs, dateMs } of answers) {
    low = Math.max(low, dateMs - receivedMs);
    high = Math.min(high, dateMs + 1000 - sentMs);
  }
  if (!Number.isFinite(low) || low > high) return null;
  return { offsetMs: (low + high) / 2, uncertaintyMs: (high - low) / 2 };
}
