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

/** Servers that write the header from a clock of their own are sometimes late with it. */
const LEAST_AGREEING = 0.8;

/**
 * How far the target's clock is ahead. A `Date` of D says that the target's time was in [D, D + 1 s)
 * somewhere between sending and receiving, which bounds the offset to (D − received, D + 1 s − sent). The
 * answer is the span on which the bounds agree, down to about a round trip. Clocks that may be equal
 * are taken to be: most are set by the network. Null where there are no answers, or where more than a fifth disagrees.
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
  const most = Math.max(0, ...agreed);
  // Where some are wrong, they may agree with a part of the right span by chance: it is not narrowed by them.
  const enough = most === answers.length ? most : Math.ceil(answers.length * LEAST_AGREEING);
  if (most === 0 || most < enough) return null;
  const lowMs = edges[agreed.findIndex((count) => count >= enough)]?.atMs ?? 0;
  const highMs = edges[agreed.findLastIndex((count) => count >= enough) + 1]?.atMs ?? lowMs;
  if (lowMs <= 0 && highMs >= 0) return { offsetMs: 0, uncertaintyMs: Math.max(-lowMs, highMs) };
  return { offsetMs: (lowMs + highMs) / 2, uncertaintyMs: (highMs - lowMs) / 2 };
}
