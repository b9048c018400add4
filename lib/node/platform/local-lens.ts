import type {
  FunctionReading,
  MemoryGauge,
  PlatformGauge,
  QueueReading,
} from '../../core/lambda/platform-reading.ts';
import type { PlatformLens } from './platform-lens.ts';
import {
  type FunctionTruth,
  type QueueTruth,
  readTargetTruth,
  type TruthSnapshot,
  waitingMessages,
} from './target-truth.ts';

export interface LocalLensOptions {
  /** Base URL of the local order API. */
  readonly baseUrl: string;
  /** Name of the function that receives the orders. */
  readonly entry: string;
}

/** Reads the local order API's own counters, which are exact, and resolved to the second over time. */
export function createLocalLens({ baseUrl, entry }: LocalLensOptions): PlatformLens {
  let before: TruthSnapshot | null = null;
  return {
    name: 'local',
    async begin() {
      before = await readTargetTruth(baseUrl);
    },
    async read() {
      const after = await readTargetTruth(baseUrl);
      const start = before;
      if (start === null) throw new Error('the counters were not read before the load');
      const names = Object.keys(after.functions).filter((name) => name !== entry);
      const reading = (name: string) =>
        functionReading(name, start, after.functions[name] as FunctionTruth, after.atMs);
      if (after.functions[entry] === undefined) {
        throw new Error(`the local order API has no function ${entry}`);
      }
      const stored = after.storedOrders;
      return {
        lens: 'local',
        source: 'counted by the local order API (/__truth)',
        functions: [reading(entry), ...names.map(reading)],
        gatewayThrottles: after.gatewayThrottles - start.gatewayThrottles,
        storedOrders:
          stored === null || start.storedOrders === null ? null : stored - start.storedOrders,
        queue: after.queue === null ? null : queueReading(start.queue, after.queue),
        ...(stored === null && {
          missing: { storedOrders: 'the store did not say how many it holds' },
        }),
        notes: [],
      };
    },
    async waitingMessages() {
      const { queue } = await readTargetTruth(baseUrl);
      return queue === null ? null : waitingMessages(queue);
    },
  };
}

function functionReading(
  name: string,
  start: TruthSnapshot,
  now: FunctionTruth,
  atMs: number,
): FunctionReading {
  const then = start.functions[name];
  const reasons = Object.entries(now.throttles).map(
    ([reason, count]) => [reason, count - (then?.throttles[reason] ?? 0)] as const,
  );
  const gauges = gaugesOf(now, atMs, start.atMs);
  return {
    name,
    ...(now.settings && { settings: now.settings }),
    invocations: now.invocations - (then?.invocations ?? 0),
    coldStarts: now.coldStarts - (then?.coldStarts ?? 0),
    throttles: reasons.reduce((sum, [, count]) => sum + count, 0),
    throttlesByReason: Object.fromEntries(reasons.filter(([, count]) => count > 0)),
    peakConcurrency: Math.max(0, ...gauges.map((gauge) => gauge.concurrency ?? 0)),
    busyMs: now.busyMs - (then?.busyMs ?? 0),
    billedMs: now.bill.billedMs - (then?.bill.billedMs ?? 0),
    billedGbSeconds: now.bill.gbSeconds - (then?.bill.gbSeconds ?? 0),
    gauges,
    memory: memoryOf(now, atMs, start.atMs),
  };
}

function memoryOf(truth: FunctionTruth, atMs: number, fromMs: number): MemoryGauge[] {
  const { bucketSeconds, peaks } = truth.memoryUsedOverTime;
  const lengthMs = bucketSeconds * 1000;
  const bornMs = atMs - truth.ageMs;
  return peaks
    .flatMap((maxUsedMb, index) =>
      maxUsedMb === null ? [] : [{ startMs: bornMs + index * lengthMs, lengthMs, maxUsedMb }],
    )
    .filter(({ startMs }) => startMs + lengthMs > fromMs);
}

/** The target's buckets without those that ended before `fromMs`. */
function gaugesOf(truth: FunctionTruth, atMs: number, fromMs: number): PlatformGauge[] {
  const { concurrency, coldStartsOverTime, throttlesOverTime, ageMs } = truth;
  const lengthMs = concurrency.bucketSeconds * 1000;
  const bornMs = atMs - ageMs;
  const counts = ({ bucketSeconds, counts }: typeof coldStartsOverTime, index: number) => {
    // Each series gets coarser on its own; one that has not yet has several counts for this bucket.
    const finer = concurrency.bucketSeconds / bucketSeconds;
    if (finer < 1) return null;
    return counts
      .slice(index * finer, (index + 1) * finer)
      .reduce((total, count) => total + count, 0);
  };
  return concurrency.peaks
    .map((peak, index) => ({
      startMs: bornMs + index * lengthMs,
      lengthMs,
      concurrency: peak,
      coldStarts: counts(coldStartsOverTime, index),
      throttles: counts(throttlesOverTime, index),
    }))
    .filter((gauge) => gauge.startMs + lengthMs > fromMs);
}

function queueReading(then: QueueTruth | null, now: QueueTruth): QueueReading {
  const batches = now.batches - (then?.batches ?? 0);
  const fullBatches = (truth: QueueTruth | null) => (truth?.batchFill ?? 0) * (truth?.batches ?? 0);
  const waiting = waitingMessages(now);
  const isFirstRun = (then?.acceptedToStoredMs.count ?? 0) === 0;
  return {
    sent: now.sent - (then?.sent ?? 0),
    redelivered: now.redelivered - (then?.redelivered ?? 0),
    batches,
    batchFill: batches === 0 ? null : (fullBatches(now) - fullBatches(then)) / batches,
    waiting,
    deadLetters: now.dlq === null ? null : now.dlq - (then?.dlq ?? 0),
    missing: {
      ...(batches === 0 && { batchFill: 'there was no batch' }),
      ...(waiting === null && { waiting: 'the queue did not say how many messages it holds' }),
      ...(now.dlq === null && {
        deadLetters: 'the dead-letter queue did not say how many messages it holds',
      }),
    },
    // Percentiles of two spans cannot be subtracted.
    lagMs: isFirstRun ? now.acceptedToStoredMs : null,
  };
}
