import { countOf } from '../../../histogram/count.ts';
import { quantile } from '../../../histogram/quantile.ts';
import { failureSeconds } from '../../../report/failure-words.ts';
import type { Report } from '../../../report/schema/report-schema.ts';
import { judgedLatency } from '../../../report/thresholds.ts';

/** Fewer orders have no p95 that could be named. */
const LEAST_ORDERS = 8;

/** The stretch of a run with the highest p95: neighbouring windows that missed the SLO. */
export interface SlowSpan {
  /** Milliseconds after the load began. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly worstP95Ms: number;
  /** Cold starts in it; null if not known. */
  readonly coldStarts: number | null;
  /** Responses in it. */
  readonly responses: number;
}

/** Where a run was slowest; null if no window with enough orders missed the SLO of p95. */
export function slowSpan({ windows, load }: Pick<Report, 'windows' | 'load'>): SlowSpan | null {
  const p95s = windows.map(({ success, outcomes }) => {
    const judged = judgedLatency(success, outcomes.timeout, load.requestTimeoutMs);
    return countOf(judged) < LEAST_ORDERS ? 0 : (quantile(judged, 0.95) ?? 0);
  });
  const worst = Math.max(0, ...p95s);
  if (worst <= load.slo.p95Ms) return null;
  const middle = p95s.indexOf(worst);
  const isSlow = (position: number) => (p95s[position] ?? 0) > load.slo.p95Ms;
  let first = middle;
  let last = middle;
  while (isSlow(first - 1)) first -= 1;
  while (isSlow(last + 1)) last += 1;
  const span = windows.slice(first, last + 1);
  const [begin] = span;
  const end = span.at(-1);
  if (begin === undefined || end === undefined) return null;
  return {
    fromMs: begin.startOffsetMs,
    toMs: end.startOffsetMs + end.lengthMs,
    worstP95Ms: worst,
    coldStarts: span.some(({ coldStarts }) => coldStarts === undefined)
      ? null
      : span.reduce((sum, { coldStarts = 0 }) => sum + coldStarts, 0),
    responses: span.reduce((sum, { outcomes }) => sum + countOfOutcomes(outcomes), 0),
  };
}

/** A stretch of a run as seconds of the load and as times of day, to be looked up in logs; empty if not known. */
export function momentText(
  { run }: Pick<Report, 'run'>,
  { fromMs, toMs }: { readonly fromMs: number | null; readonly toMs: number | null },
): string {
  const seconds = failureSeconds({ fromMs, toMs });
  if (run.loadStartedAt === null || fromMs === null || toMs === null) return seconds;
  const start = Date.parse(run.loadStartedAt);
  const time = (ms: number) => new Date(start + ms).toISOString().slice(11, 19);
  const [from, to] = [time(Math.max(0, fromMs)), time(toMs)];
  return from === to ? `${from} UTC` : `${from} to ${to} UTC`;
}

function countOfOutcomes(outcomes: Report['requests']['outcomes']): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}
