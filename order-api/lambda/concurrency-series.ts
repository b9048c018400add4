/** Busy environments over time: the peak of every bucket, since the function was created. */
export interface ConcurrencyOverTime {
  /** 1, doubled whenever the buckets no longer suffice for the run. */
  readonly bucketSeconds: number;
  readonly peaks: readonly number[];
}

export interface ConcurrencySeries {
  /** Sets the current level. */
  set(busy: number): void;
  /** Busy environments × ms so far: divided by the elapsed time, the mean concurrency. */
  busyMs(): number;
  read(): ConcurrencyOverTime;
}

/** Number of events in each bucket, since the function was created. */
export interface EventsOverTime {
  readonly bucketSeconds: number;
  readonly counts: readonly number[];
}

export interface EventSeries {
  add(): void;
  read(): EventsOverTime;
}

const MAX_BUCKETS = 3600;

/** Keeps at most 3,600 buckets; they get coarser in a longer run. */
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

/** Highest value of each bucket, since the function was created; null for a bucket without values. */
export interface PeaksOverTime {
  readonly bucketSeconds: number;
  readonly peaks: readonly (number | null)[];
}

export interface PeakSeries {
  add(value: number): void;
  read(): PeaksOverTime;
}

/** Keeps at most 3,600 buckets; they get coarser in a longer run. Empty buckets at the end are left out. */
export function createEventSeries(nowMs: () => number, maxBuckets = MAX_BUCKETS): EventSeries {
  const buckets = createBuckets(nowMs, 0, (a, b) => a + b, maxBuckets);
  return {
    add: () => buckets.add(1),
    read() {
      const { bucketSeconds, values } = buckets.read();
      return { bucketSeconds, counts: values };
    },
  };
}

/** Like a series of events, but with the highest value of each bucket. */
export function createPeakSeries(nowMs: () => number, maxBuckets = MAX_BUCKETS): PeakSeries {
  const highest = (a: number | null, b: number | null) => {
    return a === null || b === null ? (a ?? b) : Math.max(a, b);
  };
  const buckets = createBuckets<number | null>(nowMs, null, highest, maxBuckets);
  return {
    add: buckets.add,
    read() {
      const { bucketSeconds, values } = buckets.read();
      return { bucketSeconds, peaks: values };
    },
  };
}

function createBuckets<T>(
  nowMs: () => number,
  empty: T,
  fold: (a: T, b: T) => T,
  maxBuckets: number,
) {
  const startedAtMs = nowMs();
  let bucketSeconds = 1;
  let values: T[] = [];
  const valueAt = (index: number) => (index < values.length ? (values[index] as T) : empty);
  return {
    add(value: T) {
      const seconds = (nowMs() - startedAtMs) / 1000;
      while (seconds / bucketSeconds >= maxBuckets) {
        values = Array.from({ length: Math.ceil(values.length / 2) }, (_, index) =>
          fold(valueAt(index * 2), valueAt(index * 2 + 1)),
        );
        bucketSeconds *= 2;
      }
      const bucket = Math.floor(seconds / bucketSeconds);
      while (values.length <= bucket) values.push(empty);
      values[bucket] = fold(valueAt(bucket), value);
    },
    read: () => ({ bucketSeconds, values: [...values] }),
  };
}
