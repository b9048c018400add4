import { type AcceptedOrder, placeInSample } from '../load/accepted-sample.ts';
import type { DatedAnswer } from './clock-offset.ts';
import type { Reading } from './read-answer.ts';
import { parseStoredAtMs } from './stored-time.ts';

/** What reading one accepted order has given so far. Epoch ms of this machine, but for `storedAtMs`. */
export interface ReadOrder extends AcceptedOrder {
  /** Reads that were sent; an order without any was not asked for. */
  reads: number;
  /** What the last read that told something said. */
  told: 'nothing' | 'found' | 'absent';
  /** By the target's clock; null where it was found without a time, or with what is none. */
  storedAtMs: number | null;
  /** It came with a `storedAt` that is no time. */
  hasOddTime: boolean;
  /** When the read was sent, and answered, that found it first. */
  foundSentMs: number | null;
  foundReceivedMs: number | null;
  /** When the last read was sent that said that it is not there; kept when it is found later. */
  absentMs: number | null;
}

/** What was read of all orders. */
export interface ReadBook {
  readonly orders: readonly ReadOrder[];
  /** Answers that told nothing of an order, by what came. */
  readonly unclear: ReadonlyMap<string, number>;
  /** Answers that asked for fewer reads. */
  readonly slowedDown: number;
  /** Orders that had been found and were read again at the end, to see that reads still find orders. */
  readonly controls: { readonly found: number; readonly missed: number };
  readonly dated: readonly DatedAnswer[];
}

/** What to do next. */
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
  /** The target asked for fewer reads, for this long where it said so. */
  readonly slowDown?: { readonly retryAfterMs: number | null };
  /** Of the `Date` header, where there is one that a cache has not kept. */
  readonly dateMs?: number;
}

export interface ReadSchedule {
  readonly next: (nowMs: number) => NextRead;
  readonly done: (result: ReadResult) => void;
  readonly book: () => ReadBook;
}

export interface ReadScheduleOptions {
  readonly accepted: readonly AcceptedOrder[];
  /** Whether an order is of the sample; the others are asked for last. */
  readonly isSampled: (iteration: number) => boolean;
  readonly startMs: number;
  readonly limitMs: number;
  /** Reads a second at most. */
  readonly ratePerSecond: number;
}

/** Enough to keep up the pace while answers take long; the pace alone is what the target feels. */
const MOST_AT_ONCE = 64;
const MOST_AT_ONCE_ASKED_NEW = 20;
const CATCH_UP_MS = 250;
const MOST_DATED = 1000;
const MOST_KINDS = 20;
const CONTROLS = 10;
/** One control among so many last looks, so that there are some though the time is short. */
const LOOKS_A_CONTROL = 5;
const LEAST_RATE = 0.5;
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Of the pace; what it was cut to comes back within some fifty answers. */
const RECOVERY = 1.04;
/** The last look begins while there is time for this many times the reads that it takes. */
const LAST_LOOK_ROOM = 1.3;
const AGAIN = { share: 0.15, fromMs: 500, toMs: 5000 };
const AGAIN_UNCLEAR = { fromMs: 500, toMs: 3000 };
/** How long it may go unseen that an order is due. */
const LOOK_UP_MS = 250;

interface Kept extends ReadOrder {
  dueMs: number;
  isOut: boolean;
  /** The read that is out is one to see that reads still find orders. */
  isControl: boolean;
  unclearInARow: number;
  lookedLast: boolean;
}

/**
 * Which order to read when, so that as many as fit the time are settled. New orders are asked for in an order in which
 * every beginning is an evenly spread sample: what there is no time for is cut off it. None is asked for while those
 * that were asked for are all not there yet. Orders that were not there are read again, at growing intervals, and all
 * of them once more when the time is nearly up; then some that had been found, to see that reads still find orders.
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
  let out = 0;
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
  /** Asked for and not settled, in the order in which they were asked for. */
  let open: Kept[] = [];

  /** Whether what is left of the time is what one more look at all open orders takes. */
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
      probeMs = nowMs + again(nowMs - startMs, AGAIN);
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
    out += 1;
    // Timers are late now and then: what they cost is caught up with.
    slotMs = Math.max(slotMs, nowMs - CATCH_UP_MS) + 1000 / rate;
    return { do: 'read', iteration: order.iteration };
  }

  return {
    next(nowMs) {
      if (nowMs >= endMs) return { do: 'end' };
      const readyMs = Math.max(slotMs, pausedUntilMs);
      if (nowMs < readyMs) return { do: 'wait', untilMs: Math.min(endMs, readyMs) };
      if (out >= MOST_AT_ONCE) return { do: 'wait', untilMs: endMs };
      if (nextNew === orders.length && out === 0 && open.length === 0) return { do: 'rest' };
      const order = choose(nowMs);
      if (order !== null) return send(order, nowMs);
      return { do: 'wait', untilMs: wakeMs(nowMs) };
    },

    done({ iteration, sentMs, receivedMs, reading, slowDown, dateMs }) {
      const order = byIteration.get(iteration) as Kept;
      out -= 1;
      order.isOut = false;
      answerMs =
        answerMs === 0 ? receivedMs - sentMs : 0.8 * answerMs + 0.2 * (receivedMs - sentMs);
      tellingShare = 0.95 * tellingShare + (reading.kind === 'unclear' ? 0 : 0.05);
      if (dateMs !== undefined && dated.length < MOST_DATED) {
        dated.push({ sentMs, receivedMs, dateMs });
      }
      if (slowDown !== undefined) {
        slowedDown += 1;
        // Answers to what was sent before the pause say nothing new.
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
        const { fromMs, toMs } = AGAIN_UNCLEAR;
        order.dueMs = receivedMs + Math.min(toMs, fromMs * 2 ** (order.unclearInARow - 1));
        // A last look that told nothing is worth another one.
        order.lookedLast = false;
        return;
      }
      order.unclearInARow = 0;
      order.told = reading.kind;
      order.dueMs = receivedMs + again(sentMs - order.acceptedMs, AGAIN);
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
        // What came without a time is open again, now that others have one.
        open = orders.filter((one) => one.reads > 0 && !isSettled(one));
      } else if (isSettled(order)) open = open.filter((one) => one !== order);
    },

    book: () => ({ orders, unclear, slowedDown, controls, dated }),
  };
}

/** Whether it came with a `storedAt`, believable or not. */
export function isTimed(order: Pick<ReadOrder, 'storedAtMs' | 'hasOddTime'>): boolean {
  return order.storedAtMs !== null || order.hasOddTime;
}

/** Until the next read of an order that was not there at an age. */
function again(ageMs: number, { share, fromMs, toMs }: typeof AGAIN): number {
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
