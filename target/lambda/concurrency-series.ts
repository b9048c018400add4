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
