/** Whole ms; null where nothing was counted. */
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

/** Exact percentiles (nearest rank) of whole milliseconds; grows with the distinct values only. */
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
      const at = (ratio: number): number | null => {
        const rank = Math.max(1, Math.ceil(ratio * count));
        let seen = 0;
        for (const [ms, times] of values) {
          seen += times;
          if (seen >= rank) return ms;
        }
        return null;
      };
      return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
    },
  };
}
