/** Busy environments over time: the peak of every bucket, from the function's first moment on. */
export interface ConcurrencyOverTime {
  /** 1, and twice as long whenever a run outgrows what is kept. */
  readonly bucketSeconds: number;
  readonly peaks: readonly number[];
}

export interface ConcurrencySeries {
  /** The level is `busy` from now on. */
  set(busy: number): void;
  /** Busy environments × ms so far: the mean concurrency is this over the time. */
  busyMs(): number;
  read(): ConcurrencyOverTime;
}

/** Events over time: how many fell into each bucket, from the function's first moment on. */
export interface EventsOverTime {
  readonly bucketSeconds: number;
  readonly counts: readonly number[];
}

export interface EventSeries {
  add(): void;
  read(): EventsOverTime;
}

const MAX_BUCKETS = 3600;

/** Keeps at most an hour of seconds; longer runs are kept coarser. */
export function createConcurrencySeries(
  nowMs: () => number,
  maxBuckets = MAX_BUCKETS,
): ConcurrencySeries {
  const startedAtMs = nowMs();
  let bucketSeconds = 1;
  let peaks = [0];
  let level = 0;
  let integral = 0;
  let changedAtMs = startedAtMs;

  function advance(): void {
    const now = nowMs();
    integral += level * (now - changedAtMs);
    changedAtMs = now;
    const bucketMs = bucketSeconds * 1000;
    const bucket = Math.floor((now - startedAtMs) / bucketMs);
    while (peaks.length <= bucket) {
      if (peaks.length === maxBuckets) {
        halve();
        advance();
        return;
      }
      peaks.push(level);
    }
  }

  function halve(): void {
    const coarser: number[] = [];
    for (let index = 0; index < peaks.length; index += 2) {
      coarser.push(Math.max(peaks[index] ?? 0, peaks[index + 1] ?? 0));
    }
    peaks = coarser;
    bucketSeconds *= 2;
  }

  return {
    set(busy) {
      advance();
      level = busy;
      const last = peaks.length - 1;
      if (busy > (peaks[last] ?? 0)) peaks[last] = busy;
    },
    busyMs() {
      advance();
      return integral;
    },
    read() {
      advance();
      return { bucketSeconds, peaks: [...peaks] };
    },
  };
}

/** Keeps at most an hour of seconds; longer runs are kept coarser. Trailing empty buckets are left out. */
export function createEventSeries(nowMs: () => number, maxBuckets = MAX_BUCKETS): EventSeries {
  const startedAtMs = nowMs();
  let bucketSeconds = 1;
  let counts: number[] = [];
  return {
    add() {
      const seconds = (nowMs() - startedAtMs) / 1000;
      while (seconds / bucketSeconds >= maxBuckets) {
        counts = Array.from(
          { length: Math.ceil(counts.length / 2) },
          (_, index) => (counts[index * 2] ?? 0) + (counts[index * 2 + 1] ?? 0),
        );
        bucketSeconds *= 2;
      }
      const bucket = Math.floor(seconds / bucketSeconds);
      while (counts.length <= bucket) counts.push(0);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    },
    read: () => ({ bucketSeconds, counts: [...counts] }),
  };
}
