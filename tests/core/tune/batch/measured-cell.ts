import type {
  BatchCondition,
  BatchMeasurement,
} from '../../../../lib/core/tune/batch/batch-cell.ts';
import type { BatchRound } from '../../../../lib/core/tune/batch/batch-result.ts';

const PLAIN: BatchMeasurement = {
  report: 'runs/1/report.json',
  verdict: 'pass',
  reason: null,
  accepted: 1000,
  lagMs: { count: 1000, p50: 50, p95: 100, p99: 120, max: 130 },
  invocations: 100,
  billedMs: 5000,
  billedGbSeconds: 5,
  redelivered: 0,
  deadLetters: 0,
  lost: 0,
  receiveCalls: 1000,
  deleteCalls: 100,
  writeCalls: 100,
  writeUnits: 1000,
  readUnits: 1000,
  failure: null,
  problem: null,
};

/** One round of a cell such as `25/1` (batch size 25, window 1 s), with what differs from a plain measurement. */
export function measuredRound(
  cell: string,
  round: number,
  differs: Partial<BatchMeasurement> & { readonly p95?: number | null } = {},
  condition: BatchCondition = 'load',
): BatchRound {
  const [batchSize, windowSeconds] = cell.split('/').map(Number) as [number, number];
  const { p95, ...rest } = differs;
  const lagMs = p95 === undefined ? PLAIN.lagMs : { count: 1000, p50: 50, p95, p99: p95, max: p95 };
  return {
    cell: { batchSize, windowSeconds, condition },
    round,
    startedAtMs: round * 1000,
    endedAtMs: round * 1000 + 900,
    // As in a plain measurement, an invocation takes 50 ms of 1 GB.
    measurement: {
      ...PLAIN,
      lagMs,
      ...(rest.invocations && { billedGbSeconds: rest.invocations * 0.05 }),
      ...rest,
    },
  };
}

/** A round for each of the values of p95 of the lag. */
export function measuredRounds(
  cell: string,
  p95s: readonly (number | null)[],
  differs: Partial<BatchMeasurement> = {},
): BatchRound[] {
  return p95s.map((p95, index) => measuredRound(cell, index + 1, { ...differs, p95 }));
}
