import type { ClockOffset } from './clock-offset.ts';
import { isTimed, type ReadBook, type ReadOrder } from './read-book.ts';
import { stepOfTimesMs } from './stored-time.ts';

/** Why an order that is not there does not count as lost. */
export type MissingWhy = 'noneFound' | 'unsteady' | 'tooShort' | 'noneAfter';

/** The times of one order that was found. */
export interface FoundOrder {
  readonly order: ReadOrder;
  /** From the response that accepted it to its `storedAt`; null if that is missing or implausible. */
  readonly lagMs: number | null;
  /** Epoch ms by this machine's clock; null if `storedAt` is missing or implausible. */
  readonly storedMs: number | null;
}

export interface JudgedReads {
  /** Orders that were read at least once. */
  readonly asked: readonly ReadOrder[];
  readonly found: readonly FoundOrder[];
  readonly lost: readonly ReadOrder[];
  /** Read as not there, but not known to be lost. */
  readonly missing: readonly ReadOrder[];
  readonly missingWhy: MissingWhy | null;
  /** No read showed whether they are there. */
  readonly unreadable: readonly ReadOrder[];
  readonly doubted: Doubted;
  /** Resolution of `storedAt` in ms. */
  readonly stepMs: number;
  /** Longest time until an order could be read, among those that were found; null if none was. */
  readonly longestMs: number | null;
  /** Time after its acceptance that an order must still be missing to count as lost; null if none was found. */
  readonly neededMs: number | null;
}

/** Orders whose `storedAt` cannot be true, by reason, and those whose `storedAt` is not a time. */
export interface Doubted {
  readonly beforeAcceptance: number;
  readonly inFuture: number;
  /** Not there when they were read, though `storedAt` is earlier than that. */
  readonly notThereYet: number;
  readonly noTime: number;
}

/** A queue delivers a message again if its first reader failed: SQS after 30 s by default. */
const SECOND_DELIVERY_MS = 35_000;
const LEAST_MARGIN = 2;
/** Accepted chance that all lags fall below the upper part of an even spread; so few orders need a larger margin. */
const CHANCE = 0.001;
/** Reads of most stores lag behind writes by at most this. */
const BEHIND_MS = 1000;

/**
 * Judges what the reads of accepted orders prove. An order is lost only if a read reported it as missing later after
 * its acceptance than any other order took, by a margin; an order that was accepted later is there; and reads find
 * orders until the end. Orders without a conclusive read are unknown, and orders that were not read are left out.
 */
export function judgeReads(book: ReadBook, clock: ClockOffset | null): JudgedReads {
  const asked = book.orders.filter(({ reads }) => reads > 0);
  const timesGiven = asked.some(isTimed);
  const isFound = (order: ReadOrder) => order.told === 'found' && (!timesGiven || isTimed(order));
  const foundOrders = asked.filter(isFound);
  const absent = asked.filter((order) => order.told === 'absent');
  const { found, doubted, stepMs } = judgeTimes(foundOrders, clock);
  const longestMs = found.length === 0 ? null : Math.max(...found.map(longestOf));
  const neededMs = longestMs === null ? null : neededFor(longestMs, found.length);
  const why = (order: ReadOrder) => whyNotLost(order, { book, found, neededMs });
  const lost = absent.filter((order) => why(order) === null);
  const missing = absent.filter((order) => why(order) !== null);
  const [first] = missing;
  return {
    asked,
    found,
    lost,
    missing,
    missingWhy: first === undefined ? null : mostTelling(missing.map(why)),
    unreadable: asked.filter((order) => !isFound(order) && order.told !== 'absent'),
    doubted,
    stepMs,
    longestMs,
    neededMs,
  };
}

function whyNotLost(
  order: ReadOrder,
  {
    book,
    found,
    neededMs,
  }: {
    readonly book: ReadBook;
    readonly found: readonly FoundOrder[];
    readonly neededMs: number | null;
  },
): MissingWhy | null {
  if (neededMs === null) return 'noneFound';
  if (book.controls.missed > 0) return 'unsteady';
  if ((order.absentMs ?? 0) - order.acceptedMs < neededMs) return 'tooShort';
  if (book.controls.found === 0) return 'unsteady';
  return found.some((other) => other.order.acceptedMs > order.acceptedMs) ? null : 'noneAfter';
}

/** Returns the reason that explains the most. */
function mostTelling(whys: readonly (MissingWhy | null)[]): MissingWhy | null {
  const byRank = ['noneFound', 'unsteady', 'tooShort', 'noneAfter'] as const;
  return byRank.find((why) => whys.includes(why)) ?? null;
}

/** The fewer lags are known, the more likely it is that longer ones are just not among them. */
function neededFor(longestMs: number, known: number): number {
  const margin = Math.max(LEAST_MARGIN, CHANCE ** (-1 / known));
  return Math.max(SECOND_DELIVERY_MS, margin * longestMs);
}

/** Upper limit of the time until an order could be read, in ms. */
function longestOf({ order, lagMs }: FoundOrder): number {
  const { acceptedMs, absentMs, foundSentMs } = order;
  const wasAbsent = absentMs === null ? 0 : absentMs - acceptedMs;
  return Math.max(wasAbsent, lagMs ?? (foundSentMs ?? acceptedMs) - acceptedMs);
}

function judgeTimes(
  orders: readonly ReadOrder[],
  clock: ClockOffset | null,
): Pick<JudgedReads, 'found' | 'doubted' | 'stepMs'> {
  const times = orders.flatMap(({ storedAtMs }) => storedAtMs ?? []);
  const stepMs = stepOfTimesMs(times);
  const slackMs = (clock?.uncertaintyMs ?? 0) + stepMs;
  const doubted = { beforeAcceptance: 0, inFuture: 0, notThereYet: 0, noTime: 0 };
  const found = orders.map((order): FoundOrder => {
    const { storedAtMs, acceptedMs } = order;
    const nothing = { order, lagMs: null, storedMs: null };
    if (storedAtMs === null) {
      if (order.hasOddTime) doubted.noTime += 1;
      return nothing;
    }
    // A time in whole seconds is on average half a second too early.
    const storedMs = storedAtMs - (clock?.offsetMs ?? 0) + (stepMs > 1 ? stepMs / 2 : 0);
    const doubt = doubtOf(order, storedMs, slackMs);
    if (doubt !== null) {
      doubted[doubt] += 1;
      return nothing;
    }
    return { order, storedMs, lagMs: Math.max(0, storedMs - acceptedMs) };
  });
  return { found, doubted, stepMs };
}

function doubtOf(order: ReadOrder, storedMs: number, slackMs: number): keyof Doubted | null {
  const { sentMs, absentMs, foundReceivedMs } = order;
  if (storedMs + slackMs < sentMs) return 'beforeAcceptance';
  if (foundReceivedMs !== null && storedMs - slackMs > foundReceivedMs) return 'inFuture';
  return absentMs !== null && storedMs + slackMs + BEHIND_MS < absentMs ? 'notThereYet' : null;
}
