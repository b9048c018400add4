/** Whole ms; null if nothing was counted. */
export interface LagPercentiles {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface LagTally {
  add(lagMs: number): void;
  read(): LagPercentiles;
}

/** Exact percentiles (nearest rank) of whole milliseconds. Memory grows only with the number of distinct values. */
export function createLagTally(): LagTally {
  const countByMs = new Map<number, number>();
  let count = 0;
  return {
    add(lagMs) {
      count += 1;
      countByMs.set(lagMs, (countByMs.get(lagMs) ?? 0) + 1);
    },
    read() {
      const values = [...countByMs].sort(([a], [b]) => a - b);
      const percentile = (ratio: number): number | null => {
        const rank = Math.max(1, Math.ceil(ratio * count));
        let countSoFar = 0;
        for (const [ms, times] of values) {
          countSoFar += times;
          if (countSoFar >= rank) return ms;
        }
        return null;
      };
      return {
        count,
        p50: percentile(0.5),
        p95: percentile(0.95),
        p99: percentile(0.99),
        max: percentile(1),
      };
    },
  };
}
