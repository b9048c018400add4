import type { LagStats, PlatformBlind, PlatformReading } from '../lambda/platform-reading.ts';
import { type AcceptedOrder, isSampled } from '../load/accepted-sample.ts';
import { type ClockOffset, clockOffset, type DatedAnswer } from './clock-offset.ts';
import { measuredOrAbsent } from './figure.ts';
import type { QueueFacts } from './schema/queue-schema.ts';

/** What reading accepted orders by their ids gave. */
export interface StoredOrders {
  /** Epoch ms by the target's clock, by iteration; null for an order without `storedAt`. */
  readonly storedAtMs: ReadonlyMap<number, number | null>;
  readonly readErrors: number;
  readonly answers: readonly DatedAnswer[];
  readonly waitedMs: number;
  /** Epoch ms of the last look. */
  readonly endedMs: number;
}

export interface QueueSeen {
  readonly share: number;
  /** Of the sample and of the last orders of the load. */
  readonly accepted: readonly AcceptedOrder[];
  readonly stored: StoredOrders;
  readonly limitMs: number;
  /** The target is on this machine. */
  readonly sameClock: boolean;
  readonly platform: PlatformReading | PlatformBlind | null;
}

const RECENT_MS = 10_000;

export function queueFacts(seen: QueueSeen): QueueFacts {
  const { stored, accepted, share } = seen;
  const offset = seen.sameClock ? { offsetMs: 0, uncertaintyMs: 0 } : clockOffset(stored.answers);
  const hereMs = (iteration: number): number | null => {
    const atMs = stored.storedAtMs.get(iteration) ?? null;
    return atMs === null ? null : atMs - (offset?.offsetMs ?? 0);
  };
  const sampled = accepted.filter(({ iteration }) => isSampled(iteration, share));
  const found = sampled.filter(({ iteration }) => stored.storedAtMs.has(iteration));
  const timed = found.filter(({ iteration }) => hereMs(iteration) !== null);
  const lags = timed.map(({ iteration, acceptedMs }) =>
    Math.max(0, Math.round((hereMs(iteration) as number) - acceptedMs)),
  );
  const endMs = accepted.reduce((last, { acceptedMs }) => Math.max(last, acceptedMs), 0);
  const lastMs = accepted.reduce<number | null>((last, { iteration }) => {
    const atMs = hereMs(iteration);
    return atMs === null || (last !== null && last >= atMs) ? last : atMs;
  }, null);
  return {
    sample: {
      share,
      accepted: sampled.length,
      stored: found.length,
      withoutStoredAt: found.length - timed.length,
      readErrors: stored.readErrors,
      lagMs: lagStats(lags, sampled.length - found.length),
    },
    clock: clockFacts(offset, seen.sameClock),
    wait: {
      waitedMs: stored.waitedMs,
      limitMs: seen.limitMs,
      lastStoredMs: lastMs === null ? null : Math.round(lastMs - endMs),
      recentlyStored: lastMs !== null && stored.endedMs - lastMs < RECENT_MS,
    },
    platform: platformFacts(seen.platform),
  };
}

/** Nearest-rank percentiles of `lags` and of `missing` more that are longer than all of them. */
export function lagStats(lags: readonly number[], missing: number): LagStats {
  const sorted = [...lags].sort((a, b) => a - b);
  const count = sorted.length + missing;
  const at = (ratio: number) => sorted[Math.max(1, Math.ceil(ratio * count)) - 1] ?? null;
  return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function clockFacts(offset: ClockOffset | null, sameClock: boolean): QueueFacts['clock'] {
  if (sameClock) return { offsetMs: 0, uncertaintyMs: 0, note: 'the target is on this machine' };
  if (offset === null) {
    return {
      offsetMs: null,
      uncertaintyMs: null,
      note: 'the Date headers of the answers tell nothing: the lag is off by what the clocks differ',
    };
  }
  return {
    offsetMs: Math.round(offset.offsetMs),
    uncertaintyMs: Math.ceil(offset.uncertaintyMs),
    note: 'from the Date headers of the answers; that the clock of `storedAt` is the same is assumed',
  };
}

function platformFacts(reading: QueueSeen['platform']): QueueFacts['platform'] {
  if (reading === null || !('queue' in reading) || reading.queue === null) return null;
  const { queue, source, notes } = reading;
  const figure = (value: number | null, unit: string) =>
    measuredOrAbsent(value, unit, {
      measured: source,
      absent: notes[0] ?? 'the platform does not tell',
    });
  return {
    lagMs: queue.lagMs,
    sent: figure(queue.sent, 'messages'),
    stored: figure(reading.storedOrders, 'orders'),
    redelivered: figure(queue.redelivered, 'deliveries'),
    batches: figure(queue.batches, 'batches'),
    batchFill: figure(queue.batchFill, 'ratio'),
    waiting: figure(queue.waiting, 'messages'),
    deadLetters: figure(queue.deadLetters, 'messages'),
  };
}
