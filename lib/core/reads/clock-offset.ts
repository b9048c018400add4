/** One response with the target's time in its `Date` header. Epoch ms. */
export interface DatedAnswer {
  readonly sentMs: number;
  readonly receivedMs: number;
  /** Whole seconds, as in HTTP. */
  readonly dateMs: number;
}

export interface ClockOffset {
  /** The target's clock minus this machine's. */
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** Smallest share of responses that must agree: servers that cache the header's time are sometimes late with it. */
const LEAST_AGREEING = 0.8;

/**
 * Estimates how far the target's clock is ahead of this machine's. A `Date` of D means that the target's time was in
 * [D, D + 1 s) at some moment between sending and receiving, which bounds the offset to (D − received, D + 1 s − sent).
 * The result is the span on which the bounds agree, down to about a round trip. Clocks that may be equal are assumed to
 * be equal: most are set over the network. Null if there are no responses, or if more than a fifth disagrees.
 */
export function clockOffset(answers: readonly DatedAnswer[]): ClockOffset | null {
  const edges = answers
    .flatMap(({ sentMs, receivedMs, dateMs }) => [
      { atMs: dateMs - receivedMs, opens: 1 },
      { atMs: dateMs + 1000 - sentMs, opens: -1 },
    ])
    .sort((a, b) => a.atMs - b.atMs || b.opens - a.opens);
  let open = 0;
  const agreed = edges.map(({ opens }) => {
    open += opens;
    return open;
  });
  const highest = Math.max(0, ...agreed);
  // If some responses are wrong, they may agree with part of the right span by chance, so they must not narrow it.
  const enough = highest === answers.length ? highest : Math.ceil(answers.length * LEAST_AGREEING);
  if (highest === 0 || highest < enough) return null;
  const lowMs = edges[agreed.findIndex((count) => count >= enough)]?.atMs ?? 0;
  const highMs = edges[agreed.findLastIndex((count) => count >= enough) + 1]?.atMs ?? lowMs;
  if (lowMs <= 0 && highMs >= 0) return { offsetMs: 0, uncertaintyMs: Math.max(-lowMs, highMs) };
  return { offsetMs: (lowMs + highMs) / 2, uncertaintyMs: (highMs - lowMs) / 2 };
}
