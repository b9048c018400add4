/** Tokens that come in at a steady rate, up to the capacity. */
export interface TokenBucket {
  /** Takes one token if there is one. */
  tryTake(): boolean;
  /** Until the next token is there; 0 when there is one. */
  waitMs(): number;
}

/** A full bucket. `nowMs` is a monotonic clock. */
export function createTokenBucket(
  limits: { readonly capacity: number; readonly ratePerSecond: number },
  nowMs: () => number,
): TokenBucket {
  let tokens = limits.capacity;
  let filledAtMs = nowMs();

  function fill(): void {
    const now = nowMs();
    const gained = ((now - filledAtMs) * limits.ratePerSecond) / 1000;
    tokens = Math.min(limits.capacity, tokens + gained);
    filledAtMs = now;
  }

  return {
    tryTake() {
      fill();
      // The sum of many small gains may end just below the whole token that they add up to.
      if (tokens < 1 - 1e-9) return false;
      tokens = Math.max(0, tokens - 1);
      return true;
    },
    waitMs() {
      fill();
      return tokens >= 1 ? 0 : ((1 - tokens) * 1000) / limits.ratePerSecond;
    },
  };
}
