import type { RecordedArrivals } from './arrivals.ts';
import type { Stage } from './load-plan.ts';
import type { Recording } from './recorded-arrivals.ts';
import { createSchedule } from './schedule.ts';

/** A recording as the load of a run. */
export interface RecordedLoad {
  readonly stage: Stage;
  readonly arrivals: RecordedArrivals;
  /** When each order is due, in ms after the start of the load, ascending. */
  readonly recordedMs: readonly number[];
}

export interface RecordedChoice {
  /** Name of the file without its folder. */
  readonly file: string;
  readonly speed: number;
  /** Decides where the orders of a count lie within its time. */
  readonly seed: number;
  /** SHA-256 of a text, in hex. */
  readonly sha256: (text: string) => string;
}

const STAGE_NAME = 'replay';
/** k6 runs no scenario for less than a second. */
const LEAST_MS = 1000;

/** Replays a recording from its first order on, `speed` times as fast. To a hundredth of a millisecond. */
export function recordedLoad(recording: Recording, choice: RecordedChoice): RecordedLoad {
  const { file, speed, seed, sha256 } = choice;
  const timesMs = recording.kind === 'times' ? recording.timesMs : timesOfCounts(recording, seed);
  const firstMs = timesMs[0] ?? 0;
  const recordedMs = timesMs.map((timeMs) => Math.round(((timeMs - firstMs) / speed) * 100) / 100);
  const lengthMs = Math.max(LEAST_MS, Math.ceil((recordedMs.at(-1) ?? 0) + 1));
  const ratePerSecond = (recordedMs.length * 1000) / lengthMs;
  return {
    stage: {
      name: STAGE_NAME,
      durationSeconds: lengthMs / 1000,
      fromRate: ratePerSecond,
      toRate: ratePerSecond,
    },
    arrivals: {
      kind: 'recorded',
      file,
      speed,
      orders: recordedMs.length,
      peakPerSecond: mostWithin(recordedMs, 1000),
      sha256: sha256(recordedMs.join('\n')),
    },
    recordedMs,
  };
}

/** Orders of a count lie at random within its time, as those of many users do. */
function timesOfCounts(
  { buckets }: Extract<Recording, { kind: 'counts' }>,
  seed: number,
): readonly number[] {
  const timesMs: number[] = [];
  for (const [position, { startMs, lengthMs, count }] of buckets.entries()) {
    const ratePerSecond = (count * 1000) / lengthMs;
    const stage = { name: '', durationSeconds: lengthMs / 1000 };
    const { due, next } = createSchedule({
      stages: [{ ...stage, fromRate: ratePerSecond, toRate: ratePerSecond }],
      arrivals: { kind: 'poisson' },
      seed: seed + position,
    });
    while (next()) timesMs.push(startMs + due.dueMs);
  }
  return timesMs;
}

function mostWithin(timesMs: readonly number[], spanMs: number): number {
  let most = 0;
  let first = 0;
  for (const [last, timeMs] of timesMs.entries()) {
    while ((timesMs[first] as number) <= timeMs - spanMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
