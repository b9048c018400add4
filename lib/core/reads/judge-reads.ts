import type { ClockOffset } from './clock-offset.ts';
import { isTimed, type ReadBook, type ReadOrder } from './read-book.ts';
import { stepOfTimesMs } from './stored-time.ts';

/** Why an order that is not there is not called lost. */
export type MissingWhy = 'noneFound' | 'unsteady' | 'tooShort' | 'noneAfter';

/** What the time of one order that was found says. */
export interface FoundOrder {
  readonly order: ReadOrder;
  /** From the answer that accepted it to its `storedAt`; null where that is missing or not believed. */
  readonly lagMs: number | null;
  /** Epoch ms of this machine, likewise. */
  readonly storedMs: number | null;
}

export interface JudgedReads {
  /** Orders that were read at least once. */
  readonly asked: readonly ReadOrder[];
  readonly found: readonly FoundOrder[];
  readonly lost: readonly ReadOrder[];
  /** Read as not there, and not known to be lost. */
  readonly missing: readonly ReadOrder[];
  readonly missingWhy: MissingWhy | null;
  /** No read told whether they are there. */
  readonly unreadable: readonly ReadOrder[];
  readonly doubted: Doubted;
  /** Step in which `storedAt` is told. */
  readonly stepMs: number;
  /** The longest that an order took, or was not there, that was found; null where none was. */
  readonly longestMs: number | null;
  /** How long after its acceptance an order has to be not there to be lost; null where none was found. */
  readonly neededMs: number | null;
}

/** Orders whose `storedAt` cannot be true, by why; and those whose `storedAt` is no time. */
export interface Doubted {
  readonly beforeAcceptance: number;
  readonly inFuture: number;
  /** Not there when they were read, after the time at which they are said to have been stored. */
  readonly notThereYet: number;
  readonly noTime: number;
}

/** A queue hands a message out again when its first reader failed: SQS after 30 s unless told otherwise. */
const SECOND_DELIVERY_MS = 35_000;
const LEAST_MARGIN = 2;
/** The chance of seeing no lag in the upper part of an even spread, by which few orders need more margin. */
const CHANCE = 0.001;
/** Reads of most stores are this far behind writes at the worst. */
const BEHIND_MS = 1000;

/**
 * What the reads of accepted orders prove. An order is lost only where a read said that it is not there, so long after
 * its acceptance as no other order took by a margin, an order that was accepted later is there, and reads find orders
 * to the end. What no read told of is not known; what was not asked for is no part of it.
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

/** What explains the most is said first. */
function mostTelling(whys: readonly (MissingWhy | null)[]): MissingWhy | null {
  const inTurn = ['noneFound', 'unsteady', 'tooShort', 'noneAfter'] as const;
  return inTurn.find((why) => whys.includes(why)) ?? null;
}

/** The fewer lags are known, the likelier it is that longer ones are only not among them. */
function neededFor(longestMs: number, known: number): number {
  const margin = Math.max(LEAST_MARGIN, CHANCE ** (-1 / known));
  return Math.max(SECOND_DELIVERY_MS, margin * longestMs);
}

/** At most how long it took until an order could be read. */
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
    // A clock that tells whole seconds was on average half of one further.
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
