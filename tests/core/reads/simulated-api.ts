import type { PlatformReading } from '../../../lib/core/lambda/platform-reading.ts';
import { acceptedSample, isNoted, isSampled } from '../../../lib/core/load/accepted-sample.ts';
import { seededRandom } from '../../../lib/core/load/seeded-random.ts';
import type { Reading } from '../../../lib/core/reads/read-answer.ts';
import { createReadSchedule, type ReadResult } from '../../../lib/core/reads/read-book.ts';
import { readsPerSecond } from '../../../lib/core/reads/read-pace.ts';
import { type QueueReads, queueFacts } from '../../../lib/core/report/queue-facts.ts';

/** A queue path whose truth is planted, and how its reads behave. */
export interface PlantedPath {
  readonly seed: number;
  readonly ratePerSecond: number;
  readonly loadMs: number;
  readonly waitMs: number;
  /** From acceptance to stored, of each order; null for one that is lost. */
  readonly lagMs: (iteration: number, random: () => number) => number | null;
  /** Share of reads that fail, whatever is stored. */
  readonly failing?: number;
  readonly failsWith?: Reading;
  readonly answerMs?: number;
  /** Reads a second that are answered; the others with 429. */
  readonly capacity?: number;
  /** The target's clock minus the reader's. */
  readonly skewMs?: number;
  /** Answers carry no `Date`. */
  readonly undated?: boolean;
  /** As the target writes the time. */
  readonly writeTime?: (storedMs: number) => unknown;
  /** What a read gives at a moment, where it is not what is stored. */
  readonly readOf?: (iteration: number, atMs: number, storedMs: number | null) => Reading | null;
  /** What a lens read. */
  readonly platform?: PlatformReading;
}

const START_MS = 1_764_490_000_000;
const ANSWER_202_MS = 8;

/** What `queueFacts` makes of a whole run on a simulated clock, and the truth that it should say. */
export function simulatePath(path: PlantedPath) {
  const random = seededRandom(path.seed, 0);
  const { ratePerSecond, loadMs, waitMs, answerMs = 20, skewMs = 0 } = path;
  const stages = [
    {
      name: 'batch',
      durationSeconds: loadMs / 1000,
      fromRate: ratePerSecond,
      toRate: ratePerSecond,
    },
  ];
  const sample = acceptedSample({ stages });
  const total = Math.round((ratePerSecond * loadMs) / 1000);
  const storedMs = new Map<number, number | null>();
  const accepted = Array.from({ length: total }, (_, iteration) => {
    const sentMs = START_MS + Math.round((iteration * 1000) / ratePerSecond);
    const acceptedMs = sentMs + ANSWER_202_MS;
    const lagMs = path.lagMs(iteration, random);
    storedMs.set(iteration, lagMs === null ? null : acceptedMs + lagMs);
    return { iteration, sentMs, acceptedMs };
  }).filter(({ iteration, sentMs }) => isNoted(sample, iteration, sentMs - START_MS));

  const beganMs = START_MS + loadMs;
  const schedule = createReadSchedule({
    accepted,
    isSampled: (iteration) => isSampled(iteration, sample.share),
    startMs: beganMs,
    limitMs: waitMs,
    ratePerSecond: readsPerSecond(accepted.length, waitMs, ratePerSecond),
  });
  let tokens = path.capacity ?? 0;
  let tokensAtMs = beganMs;

  function answer(iteration: number, sentMs: number): ReadResult {
    const receivedMs = sentMs + answerMs;
    const atMs = sentMs + answerMs / 2;
    const base = { iteration, sentMs, receivedMs };
    const dateMs = Math.floor((atMs + skewMs) / 1000) * 1000;
    const dated = path.undated ? base : { ...base, dateMs };
    if (path.capacity !== undefined) {
      tokens = Math.min(path.capacity, tokens + ((sentMs - tokensAtMs) * path.capacity) / 1000);
      tokensAtMs = sentMs;
      if (tokens < 1) {
        const reading = { kind: 'unclear', what: '429' } as const;
        return { ...dated, reading, slowDown: { retryAfterMs: null } };
      }
      tokens -= 1;
    }
    if (random() < (path.failing ?? 0)) {
      return { ...dated, reading: path.failsWith ?? { kind: 'unclear', what: '500' } };
    }
    const at = storedMs.get(iteration) as number | null;
    const odd = path.readOf?.(iteration, atMs, at) ?? null;
    if (odd !== null) return { ...dated, reading: odd };
    if (at === null || at > atMs) return { ...dated, reading: { kind: 'absent' } };
    const storedAt = path.writeTime?.(at + skewMs) ?? Math.round(at + skewMs);
    return { ...dated, reading: { kind: 'found', storedAt } };
  }

  const out: ReadResult[] = [];
  let sent = 0;
  let nowMs = beganMs;
  const settleUntil = (untilMs: number) => {
    out.sort((a, b) => a.receivedMs - b.receivedMs);
    while (out[0] !== undefined && out[0].receivedMs <= untilMs) {
      schedule.done(out.shift() as ReadResult);
    }
  };
  for (;;) {
    settleUntil(nowMs);
    const next = schedule.next(nowMs);
    if (next.do === 'end' || next.do === 'rest') break;
    if (next.do === 'read') {
      sent += 1;
      out.push(answer(next.iteration, nowMs));
    } else {
      const firstMs = Math.min(...out.map(({ receivedMs }) => receivedMs));
      nowMs = Math.min(Math.max(nowMs + 0.5, next.untilMs), Math.max(nowMs, firstMs));
    }
  }
  settleUntil(Number.POSITIVE_INFINITY);
  const endedMs = Math.max(nowMs, ...out.map(({ receivedMs }) => receivedMs));
  const reads: QueueReads = { book: schedule.book(), waitedMs: endedMs - beganMs, endedMs };
  const facts = queueFacts({
    share: sample.share,
    accepted,
    reads,
    limitMs: waitMs,
    platform: path.platform ?? null,
  });
  return { facts, book: reads.book, storedMs, accepted, total, endedMs, sent };
}
