/** The part of a schedule that one of several k6 processes sends: hashes from `from` on, below `to`. */
export interface RunnerShare {
  readonly from: number;
  readonly to: number;
}

const TWO_TO_32 = 2 ** 32;
/** 2^32 / golden ratio: multiples of it fill the circle evenly (Knuth, TAOCP 6.4), so a share is no clump. */
const GOLDEN = 0x9e3779b1;

/**
 * The share of an execution segment as k6 spells it, `1/4:1/2`; all of it for none. Segments that share a
 * border share the number too, so every order is in exactly one of them.
 *
 * @throws RangeError for any other text.
 */
export function runnerShare(segment: string | null | undefined): RunnerShare {
  if (segment === null || segment === undefined || segment === '')
    return { from: 0, to: TWO_TO_32 };
  const [from, to, more] = segment.split(':').map(borderOf);
  if (from === undefined || to === undefined || more !== undefined) throw unreadable(segment);
  if (!(from < to && to <= TWO_TO_32)) throw unreadable(segment);
  return { from, to };
}

/** Whether the runner with this share sends an order of the schedule. */
export function isOfShare(order: number, { from, to }: RunnerShare): boolean {
  const hash = Math.imul(order, GOLDEN) >>> 0;
  return hash >= from && hash < to;
}

/** Whether a runner sends every order. */
export function isWhole({ from, to }: RunnerShare): boolean {
  return from === 0 && to === TWO_TO_32;
}

/** A runner's part of a total over all runners, rounded so that no runner gets nothing. */
export function shareOf(whole: number, { from, to }: RunnerShare): number {
  return Math.ceil((whole * (to - from)) / TWO_TO_32);
}

function borderOf(text: string): number {
  const match = /^(\d+)(?:\/(\d+))?$/.exec(text);
  if (match === null) throw unreadable(text);
  return Math.round((Number(match[1]) / Number(match[2] ?? 1)) * TWO_TO_32);
}

function unreadable(text: string): RangeError {
  return new RangeError(`"${text}" is no execution segment of k6`);
}
