import type {
  LagStats,
  PlatformBlind,
  PlatformReading,
  QueueFigure,
} from '../lambda/platform-reading.ts';
import { type AcceptedOrder, isSampled } from '../load/accepted-sample.ts';
import { type ClockOffset, clockOffset } from '../reads/clock-offset.ts';
import { type FoundOrder, type JudgedReads, judgeReads } from '../reads/judge-reads.ts';
import type { ReadBook } from '../reads/read-book.ts';
import { measuredOrAbsent } from './figure.ts';
import { NOT_REPORTED } from './platform-figures.ts';
import type { QueueFacts } from './schema/queue-schema.ts';

/** The results of reading accepted orders by their ids. */
export interface QueueReads {
  readonly book: ReadBook;
  readonly waitedMs: number;
  /** Epoch ms of the last read. */
  readonly endedMs: number;
}

export interface QueueSeen {
  readonly share: number;
  /** Accepted orders of the sample, and the last ones of the load. */
  readonly accepted: readonly AcceptedOrder[];
  readonly reads: QueueReads;
  readonly limitMs: number;
  readonly platform: PlatformReading | PlatformBlind | null;
}

/** The part of the load's length without its start, and without its end, when batches wait for orders that no longer come. */
const UNDER_LOAD = { from: 0.25, to: 0.75 };
const RECENT_MS = 10_000;
/** Orders accepted up to this long before the last one count as the last of the load. */
const LAST_MS = 1000;
const MOST_ANSWERS = 5;

export function queueFacts(seen: QueueSeen): QueueFacts {
  const { accepted, share } = seen;
  const { book, endedMs, waitedMs } = seen.reads;
  const clock = clockOffset(book.dated);
  const judged = judgeReads(book, clock);
  const inSample = ({ iteration }: AcceptedOrder) => isSampled(iteration, share);
  const asked = judged.asked.filter(inSample);
  const found = judged.found.filter(({ order }) => inSample(order));
  const lagsOf = (orders: readonly FoundOrder[]) =>
    orders.flatMap(({ lagMs }) => (lagMs === null ? [] : [Math.round(lagMs)]));
  const lags = lagsOf(found);
  const isUnderLoad = underLoad(accepted);
  const askedUnderLoad = asked.filter(isUnderLoad);
  const lagsUnderLoad = lagsOf(found.filter(({ order }) => isUnderLoad(order)));
  const stored = judged.found.flatMap(({ storedMs }) => storedMs ?? []);
  const newestMs = stored.length === 0 ? null : Math.max(...stored);
  const lastMs = lastStoredMs(accepted, judged.found);
  return {
    sample: {
      share,
      accepted: accepted.filter(inSample).length,
      asked: asked.length,
      stored: found.length,
      lost: judged.lost.filter(inSample).length,
      withoutStoredAt: found.filter(({ order }) => order.storedAtMs === null).length,
      readErrors: sum([...book.unclear.values()]),
      lagMs: lagStats(lags, asked.length - lags.length),
      underLoadLagMs: lagStats(lagsUnderLoad, askedUnderLoad.length - lagsUnderLoad.length),
    },
    reads: readFacts(judged, seen),
    clock: clockFacts(clock),
    wait: {
      waitedMs,
      limitMs: seen.limitMs,
      lastStoredMs: lastMs,
      recentlyStored: newestMs !== null && endedMs - newestMs < RECENT_MS,
    },
    platform: platformFacts(seen.platform),
  };
}

function underLoad(accepted: readonly AcceptedOrder[]): (order: AcceptedOrder) => boolean {
  const fromMs = accepted.reduce((first, { sentMs }) => Math.min(first, sentMs), Infinity);
  const toMs = accepted.reduce((last, { acceptedMs }) => Math.max(last, acceptedMs), 0);
  const lengthMs = toMs - fromMs;
  return ({ acceptedMs }) =>
    acceptedMs >= fromMs + UNDER_LOAD.from * lengthMs &&
    acceptedMs <= fromMs + UNDER_LOAD.to * lengthMs;
}

/** Nearest-rank percentiles of `lags` and of `missing` further lags that are longer than all of them. */
export function lagStats(lags: readonly number[], missing: number): LagStats {
  const sorted = [...lags].sort((a, b) => a - b);
  const count = sorted.length + missing;
  const at = (ratio: number) => sorted[Math.max(1, Math.ceil(ratio * count)) - 1] ?? null;
  return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Last storage, in ms after the last acceptance; null unless every one of the last orders told when it was stored. */
function lastStoredMs(
  accepted: readonly AcceptedOrder[],
  found: readonly FoundOrder[],
): number | null {
  const endMs = accepted.reduce((last, { acceptedMs }) => Math.max(last, acceptedMs), 0);
  const timed = new Map(found.map(({ order, storedMs }) => [order.iteration, storedMs]));
  const last = accepted.filter(({ acceptedMs }) => acceptedMs > endMs - LAST_MS);
  if (last.length === 0 || last.some(({ iteration }) => timed.get(iteration) == null)) return null;
  return Math.round(Math.max(...[...timed.values()].flatMap((ms) => ms ?? [])) - endMs);
}

function readFacts(judged: JudgedReads, { accepted, reads }: QueueSeen): QueueFacts['reads'] {
  const { book } = reads;
  const answers = [...book.unclear].sort(([, a], [, b]) => b - a).slice(0, MOST_ANSWERS);
  const whole = (ms: number | null) => (ms === null ? null : Math.ceil(ms));
  return {
    asked: judged.asked.length,
    notAsked: accepted.length - judged.asked.length,
    found: judged.found.length,
    lost: judged.lost.length,
    missing: judged.missing.length,
    missingWhy: judged.missingWhy,
    unreadable: judged.unreadable.length,
    answers: answers.map(([answer, count]) => ({ answer, count })),
    slowedDown: book.slowedDown,
    controls: { ...book.controls },
    doubted: judged.doubted,
    stepMs: judged.stepMs,
    longestMs: whole(judged.longestMs),
    neededMs: whole(judged.neededMs),
  };
}

function clockFacts(offset: ClockOffset | null): QueueFacts['clock'] {
  if (offset === null) {
    return {
      offsetMs: null,
      uncertaintyMs: null,
      note: 'not compared, because the Date headers of the responses tell nothing: the lag is off by the difference of the clocks',
    };
  }
  return {
    offsetMs: Math.round(offset.offsetMs),
    uncertaintyMs: Math.ceil(offset.uncertaintyMs),
    note: 'compared by the Date headers of the responses; assumes that `storedAt` uses the same clock',
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function platformFacts(reading: QueueSeen['platform']): QueueFacts['platform'] {
  if (reading === null || !('queue' in reading) || reading.queue === null) return null;
  const { queue, source: measured, missing = {} } = reading;
  const figure = (name: QueueFigure, unit: string) =>
    measuredOrAbsent(queue[name], unit, {
      measured,
      absent: queue.missing?.[name] ?? NOT_REPORTED,
    });
  return {
    lagMs: queue.lagMs,
    sent: figure('sent', 'messages'),
    stored: measuredOrAbsent(reading.storedOrders, 'orders', {
      measured,
      absent: missing.storedOrders ?? NOT_REPORTED,
    }),
    redelivered: figure('redelivered', 'deliveries'),
    batches: figure('batches', 'batches'),
    batchFill: figure('batchFill', 'ratio'),
    waiting: figure('waiting', 'messages'),
    deadLetters: figure('deadLetters', 'messages'),
  };
}
