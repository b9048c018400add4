import { type AcceptedOrder, placeInSample } from '../load/accepted-sample.ts';
import type { DatedAnswer } from './clock-offset.ts';
import type { Reading } from './read-answer.ts';
import { parseStoredAtMs } from './stored-time.ts';

/** Results of reading one accepted order so far. Epoch ms of this machine, except `storedAtMs`. */
export interface ReadOrder extends AcceptedOrder {
  /** Number of reads sent; 0 means that the order was never read. */
  reads: number;
  /** Result of the last conclusive read. */
  told: 'nothing' | 'found' | 'absent';
  /** By the target's clock; null if there was no `storedAt`, or one that is not a time. */
  storedAtMs: number | null;
  /** Found with a `storedAt` that is not a time. */
  hasOddTime: boolean;
  /** When the read that first found it was sent, and when its response came. */
  foundSentMs: number | null;
  foundReceivedMs: number | null;
  /** When the last read was sent that reported it as missing; kept if a later one finds it. */
  absentMs: number | null;
}

/** The results of all reads. */
export interface ReadBook {
  readonly orders: readonly ReadOrder[];
  /** Number of inconclusive responses, by description. */
  readonly unclear: ReadonlyMap<string, number>;
  /** Number of responses that asked for fewer reads. */
  readonly slowedDown: number;
  /** Orders that had been found and were read again at the end, to check that reads still find orders. */
  readonly controls: { readonly found: number; readonly missed: number };
  readonly dated: readonly DatedAnswer[];
}

/** The next action. */
export type NextRead =
  | { readonly do: 'read'; readonly iteration: number }
  | { readonly do: 'wait'; readonly untilMs: number }
  /** Every order was found. */
  | { readonly do: 'rest' }
  /** The time is up. */
  | { readonly do: 'end' };

export interface ReadResult {
  readonly iteration: number;
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly reading: Reading;
  /** The target asked for fewer reads, with a `Retry-After` or without one. */
  readonly slowDown?: { readonly retryAfterMs: number | null };
  /** Time in the `Date` header, unless it is missing or may come from a cache. */
  readonly dateMs?: number;
}

export interface ReadSchedule {
  readonly next: (nowMs: number) => NextRead;
  readonly done: (result: ReadResult) => void;
  readonly book: () => ReadBook;
}

export interface ReadScheduleOptions {
  readonly accepted: readonly AcceptedOrder[];
  /** Whether an order is in the sample; the others are read last. */
  readonly isSampled: (iteration: number) => boolean;
  readonly startMs: number;
  readonly limitMs: number;
  /** Most reads per second. */
  readonly ratePerSecond: number;
}

/** Enough to keep the pace with slow responses; the pace alone limits the load on the target. */
const MOST_AT_ONCE = 64;
const MOST_AT_ONCE_ASKED_NEW = 20;
const CATCH_UP_MS = 250;
const MOST_DATED = 1000;
const MOST_KINDS = 20;
const CONTROLS = 10;
/** One control per this many last looks, so that there are some even if time is short. */
const LOOKS_A_CONTROL = 5;
const LEAST_RATE = 0.5;
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Factor per response: after a cut, the pace recovers within about fifty responses. */
const RECOVERY = 1.04;
/** The last look begins while there is time for this many times the reads that it needs. */
const LAST_LOOK_ROOM = 1.3;
const RETRY = { share: 0.15, fromMs: 500, toMs: 5000 };
const RETRY_UNCLEAR = { fromMs: 500, toMs: 3000 };
/** Longest delay in ms until a due order is noticed. */
const LOOK_UP_MS = 250;

interface Kept extends ReadOrder {
  dueMs: number;
  isOut: boolean;
  /** The read in flight is a control, to check that reads still find orders. */
  isControl: boolean;
  unclearInARow: number;
  lookedLast: boolean;
}

/**
 * Decides which order to read when, so that as many orders as possible are settled in the time. New orders are read in
 * a sequence of which every prefix is an evenly spread sample, so a lack of time only cuts off the end. No new order is
 * read while all orders read so far are still missing. Missing orders are read again, at growing intervals, and all of
 * them once more when the time is nearly up; then some orders that had been found, to check that reads still find
 * orders.
 */
export function createReadSchedule(options: ReadScheduleOptions): ReadSchedule {
  const { startMs, limitMs } = options;
  const endMs = startMs + limitMs;
  const orders = inSampleOrder(options).map(keptOrder);
  const byIteration = new Map(orders.map((order) => [order.iteration, order]));
  const unclear = new Map<string, number>();
  const dated: DatedAnswer[] = [];
  const controls = { found: 0, missed: 0 };
  const controlled = new Set<number>();
  let controlsOut = 0;
  let slowedDown = 0;
  let inFlight = 0;
  let rate = options.ratePerSecond;
  let slotMs = startMs;
  let pausedUntilMs = startMs;
  let answerMs = 0;
  let newInARow = 0;
  let probeMs = startMs;
  let nextNew = 0;
  let isLastLook = false;
  let lastLooks = 0;
  let tellingShare = 1;
  let hasTimes = false;

  const isSettled = (order: Kept) => order.told === 'found' && (!hasTimes || isTimed(order));
  /** Read and not settled, in the sequence in which they were first read. */
  let open: Kept[] = [];

  /** Whether the time left is just what one more look at all open orders takes. */
  function isTimeForLastLook(nowMs: number): boolean {
    const perSecond = Math.min(rate, (MOST_AT_ONCE * 1000) / Math.max(1, answerMs));
    const left = Math.max(0, endMs - nowMs - 2 * answerMs) * (perSecond / 1000);
    return left * tellingShare <= LAST_LOOK_ROOM * (open.length + CONTROLS);
  }

  function nextNewOrder(nowMs: number): Kept | null {
    const order = orders[nextNew];
    if (order === undefined) return null;
    if (newInARow >= MOST_AT_ONCE_ASKED_NEW && nowMs < probeMs) return null;
    return order;
  }

  function nextControl(): Kept | null {
    if (controls.found + controls.missed + controlsOut >= CONTROLS) return null;
    return orders.find((order) => isSettled(order) && !controlled.has(order.iteration)) ?? null;
  }

  function choose(nowMs: number): Kept | null {
    if (!isLastLook && open.length > 0) isLastLook = isTimeForLastLook(nowMs);
    if (isLastLook) {
      const unlooked = open.find(
        ({ isOut, lookedLast, unclearInARow, dueMs }) =>
          !isOut && !lookedLast && (unclearInARow === 0 || dueMs <= nowMs),
      );
      const isControlDue = unlooked === undefined || lastLooks >= controlled.size * LOOKS_A_CONTROL;
      const control = isControlDue ? nextControl() : null;
      if (control !== null) return control;
      if (unlooked !== undefined) return unlooked;
    }
    return nextNewOrder(nowMs) ?? open.find(({ isOut, dueMs }) => !isOut && dueMs <= nowMs) ?? null;
  }

  function wakeMs(nowMs: number): number {
    const lookMs = open.length === 0 ? endMs : nowMs + LOOK_UP_MS;
    const probe = nextNew < orders.length ? probeMs : endMs;
    return Math.min(endMs, Math.max(nowMs + 1, Math.min(lookMs, probe)));
  }

  function send(order: Kept, nowMs: number): NextRead {
    if (order.reads === 0) {
      open.push(order);
      nextNew += 1;
      newInARow += 1;
      probeMs = nowMs + retryDelayMs(nowMs - startMs, RETRY);
    }
    order.isControl = isSettled(order);
    if (order.isControl) {
      controlled.add(order.iteration);
      controlsOut += 1;
    }
    if (isLastLook) {
      order.lookedLast = true;
      if (!order.isControl) lastLooks += 1;
    }
    order.reads += 1;
    order.isOut = true;
    inFlight += 1;
    // Timers are sometimes late; this catches up with what that costs.
    slotMs = Math.max(slotMs, nowMs - CATCH_UP_MS) + 1000 / rate;
    return { do: 'read', iteration: order.iteration };
  }

  return {
    next(nowMs) {
      if (nowMs >= endMs) return { do: 'end' };
      const readyMs = Math.max(slotMs, pausedUntilMs);
      if (nowMs < readyMs) return { do: 'wait', untilMs: Math.min(endMs, readyMs) };
      if (inFlight >= MOST_AT_ONCE) return { do: 'wait', untilMs: endMs };
      if (nextNew === orders.length && inFlight === 0 && open.length === 0) return { do: 'rest' };
      const order = choose(nowMs);
      if (order !== null) return send(order, nowMs);
      return { do: 'wait', untilMs: wakeMs(nowMs) };
    },

    done({ iteration, sentMs, receivedMs, reading, slowDown, dateMs }) {
      const order = byIteration.get(iteration) as Kept;
      inFlight -= 1;
      order.isOut = false;
      answerMs =
        answerMs === 0 ? receivedMs - sentMs : 0.8 * answerMs + 0.2 * (receivedMs - sentMs);
      tellingShare = 0.95 * tellingShare + (reading.kind === 'unclear' ? 0 : 0.05);
      if (dateMs !== undefined && dated.length < MOST_DATED) {
        dated.push({ sentMs, receivedMs, dateMs });
      }
      if (slowDown !== undefined) {
        slowedDown += 1;
        // Responses to reads sent before the pause show nothing new.
        if (sentMs >= pausedUntilMs) {
          rate = Math.max(LEAST_RATE, rate / 2);
          pausedUntilMs =
            receivedMs +
            Math.min(
              LONGEST_PAUSE_MS,
              slowDown.retryAfterMs ?? Math.max(SHORTEST_PAUSE_MS, 1000 / rate),
            );
        }
      } else if (reading.kind !== 'unclear') {
        rate = Math.min(options.ratePerSecond, rate * RECOVERY);
      }
      if (order.isControl) {
        controlsOut -= 1;
        if (reading.kind === 'found') controls.found += 1;
        if (reading.kind === 'absent') controls.missed += 1;
        return;
      }
      if (reading.kind === 'unclear') {
        const isKept = unclear.has(reading.what) || unclear.size < MOST_KINDS;
        const what = isKept ? reading.what : 'other answers';
        unclear.set(what, (unclear.get(what) ?? 0) + 1);
        order.unclearInARow += 1;
        const { fromMs, toMs } = RETRY_UNCLEAR;
        order.dueMs = receivedMs + Math.min(toMs, fromMs * 2 ** (order.unclearInARow - 1));
        // An inconclusive last look is repeated.
        order.lookedLast = false;
        return;
      }
      order.unclearInARow = 0;
      order.told = reading.kind;
      order.dueMs = receivedMs + retryDelayMs(sentMs - order.acceptedMs, RETRY);
      if (reading.kind === 'absent') {
        order.absentMs = Math.max(order.absentMs ?? 0, sentMs);
        return;
      }
      newInARow = 0;
      order.foundSentMs ??= sentMs;
      order.foundReceivedMs ??= receivedMs;
      order.storedAtMs = parseStoredAtMs(reading.storedAt);
      order.hasOddTime = order.storedAtMs === null && reading.storedAt !== undefined;
      if (!hasTimes && isTimed(order)) {
        hasTimes = true;
        // Orders found without a time are open again, now that others have one.
        open = orders.filter((candidate) => candidate.reads > 0 && !isSettled(candidate));
      } else if (isSettled(order)) open = open.filter((candidate) => candidate !== order);
    },

    book: () => ({ orders, unclear, slowedDown, controls, dated }),
  };
}

/** Whether it came with a `storedAt`, plausible or not. */
export function isTimed(order: Pick<ReadOrder, 'storedAtMs' | 'hasOddTime'>): boolean {
  return order.storedAtMs !== null || order.hasOddTime;
}

/** Time in ms until the next read of an order that was missing at this age. */
function retryDelayMs(ageMs: number, { share, fromMs, toMs }: typeof RETRY): number {
  return Math.min(toMs, Math.max(fromMs, share * ageMs));
}

function inSampleOrder({ accepted, isSampled }: ReadScheduleOptions): readonly AcceptedOrder[] {
  const place = ({ iteration }: AcceptedOrder) =>
    placeInSample(iteration) + (isSampled(iteration) ? 0 : 2 ** 32);
  return [...accepted].sort((a, b) => place(a) - place(b));
}

function keptOrder(order: AcceptedOrder): Kept {
  return {
    ...order,
    reads: 0,
    told: 'nothing',
    storedAtMs: null,
    hasOddTime: false,
    foundSentMs: null,
    foundReceivedMs: null,
    absentMs: null,
    dueMs: 0,
    isOut: false,
    isControl: false,
    unclearInARow: 0,
    lookedLast: false,
  };
}
