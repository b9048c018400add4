/** Loads in erlangs and numbers of servers, with Erlang-B's share of refused arrivals from published tables. */
export const ERLANG_B = [
  { load: 1, servers: 2, blocked: 0.2 },
  { load: 5, servers: 5, blocked: 0.284868 },
  { load: 5, servers: 10, blocked: 0.018385 },
  { load: 10, servers: 10, blocked: 0.214582 },
  { load: 10, servers: 15, blocked: 0.036497 },
  { load: 50, servers: 50, blocked: 0.104787 },
  { load: 100, servers: 120, blocked: 0.00569 },
] as const;

/**
 * Cold-start probability and mean number of environments from other simulators: two million requests of one written for
 * this purpose, which SimFaaS 0.2.2 confirms (https://github.com/pacslab/simfaas); the last row is SimFaaS's own
 * example.
 */
export const SIMULATED = [
  { perSecond: 10, warmMs: 100, coldMs: 350, idleMs: 2_000, cold: 0.0397, environments: 3.96 },
  { perSecond: 20, warmMs: 50, coldMs: 300, idleMs: 5_000, cold: 0.007, environments: 5.01 },
  { perSecond: 50, warmMs: 100, coldMs: 350, idleMs: 1_000, cold: 0.0294, environments: 10.58 },
  { perSecond: 5, warmMs: 200, coldMs: 200, idleMs: 10_000, cold: 0.0138, environments: 4.48 },
  {
    perSecond: 0.9,
    warmMs: 1_991,
    coldMs: 2_244,
    idleMs: 600_000,
    cold: 0.0014,
    environments: 7.66,
  },
] as const;

/**
 * A cold call with the AWS SDK, Node 22 on x86: medians of INIT and first call, and dollars per million, from December
 * 2025 (cebert's measurements, MIT).
 */
export const COLD_CALL_COST = [
  { memoryMb: 128, initMs: 345, durationMs: 1048, usdPerMillion: 3.1008 },
  { memoryMb: 256, initMs: 355, durationMs: 500, usdPerMillion: 3.7688 },
  { memoryMb: 512, initMs: 353, durationMs: 241, usdPerMillion: 5.1523 },
  { memoryMb: 1024, initMs: 347, durationMs: 142, usdPerMillion: 8.362 },
  { memoryMb: 1769, initMs: 350, durationMs: 111, usdPerMillion: 13.4908 },
] as const;

/** One CPU-bound call with different amounts of memory (Epsagon, 2018). */
export const CPU_BOUND_CALL = [
  { memoryMb: 128, durationMs: 376 },
  { memoryMb: 256, durationMs: 199 },
  { memoryMb: 512, durationMs: 98 },
  { memoryMb: 1024, durationMs: 45 },
  { memoryMb: 2048, durationMs: 25 },
] as const;

/** First calls with the SDK at different amounts of memory, Node 22 on x86, medians (as `COLD_CALL_COST`). */
export const FIRST_CALL = COLD_CALL_COST.map(({ memoryMb, durationMs }) => ({
  memoryMb,
  durationMs,
}));

export interface AwsExperiment {
  readonly perSecond: number;
  readonly warmMs: number;
  readonly coldMs: number;
  readonly idleMs: number;
  /** Share of calls with a cold start. */
  readonly cold: number;
  readonly environments: number;
}

/** Parses the measurements on AWS that come with SimFaaS (`examples/exp.csv`, MIT). */
export function parseAwsExperiments(csv: string): readonly AwsExperiment[] {
  const [head = '', ...rows] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    const value = (name: string) => Number(cells[columns.indexOf(name)]);
    return {
      perSecond: value('ArrivalRate'),
      warmMs: value('ServiceTimeWarm'),
      coldMs: value('ServiceTimeCold'),
      idleMs: value('IdleMinutesBeforeKill') * 60_000,
      cold: value('ColdStartProbability'),
      environments: value('AverageInstanceCount'),
    };
  });
}

/** Mean absolute percentage error, as a share. */
export function mape(pairs: readonly (readonly [modelled: number, measured: number])[]): number {
  const errors = pairs.map(([modelled, measured]) => Math.abs(modelled / measured - 1));
  return errors.reduce((sum, error) => sum + error, 0) / pairs.length;
}
