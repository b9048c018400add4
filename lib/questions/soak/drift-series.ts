import { median } from 'simple-statistics';
import { addAll } from '../../core/histogram/add.ts';
import { countOf } from '../../core/histogram/count.ts';
import { quantile } from '../../core/histogram/quantile.ts';
import type { TrendPoint } from '../../core/judge/trend-line.ts';
import { resolvedOf, servedOf } from '../../core/report/outcome-counts.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { judgedLatency } from '../../core/report/thresholds.ts';

type Window = Report['windows'][number];

/** Observations above the percentile that every point needs. */
const ABOVE_QUANTILE = 5;
const HOUR_MS = 3_600_000;

/** A measure over time; x in hours after the start of the load. */
export interface DriftSeries {
  readonly points: readonly TrendPoint[];
  /** Length of the span of time that a point stands for, in hours. */
  readonly pointHours: number;
}

/** The windows whose middle lies within the load. */
export function loadedWindows({ windows, load }: Report): Window[] {
  return windows.filter(({ startOffsetMs, lengthMs }) => {
    const middle = startOffsetMs + lengthMs / 2;
    return middle >= 0 && middle < load.loadedMs;
  });
}

/** A latency percentile of stored orders and timeouts; windows are joined until each group has enough orders for it. */
export function latencySeries(report: Report, q: number): DriftSeries {
  const { requestTimeoutMs } = report.load;
  const parts = loadedWindows(report).map((window) => ({
    window,
    judged: judgedLatency(window.success, window.outcomes.timeout, requestTimeoutMs),
  }));
  const counts = parts.map(({ judged }) => countOf(judged)).filter((count) => count > 0);
  if (counts.length === 0) return { points: [], pointHours: 0 };
  const perPoint = Math.ceil(ABOVE_QUANTILE / (1 - q) / median(counts));
  return grouped(
    parts,
    perPoint,
    ({ window }) => window,
    (group) => quantile(addAll(group.map(({ judged }) => judged)), q),
  );
}

/** Stored orders / orders that were resolved or dropped. */
export function successSeries(report: Report): DriftSeries {
  return grouped(
    loadedWindows(report),
    1,
    (window) => window,
    ([window]) => {
      const offered = window === undefined ? 0 : offeredOf(window);
      return window === undefined || offered === 0 ? null : servedOf(window.outcomes) / offered;
    },
  );
}

export const offeredOf = ({ outcomes, dropped }: Window) => resolvedOf(outcomes) + dropped;

export function memorySeries(report: Report): DriftSeries {
  const known = loadedWindows(report).filter((window) => window.environmentMemoryMb !== undefined);
  return grouped(
    known,
    1,
    (window) => window,
    ([window]) => window?.environmentMemoryMb ?? null,
  );
}

function grouped<T>(
  items: readonly T[],
  perPoint: number,
  windowOf: (item: T) => Window,
  measureOf: (group: readonly T[]) => number | null,
): DriftSeries {
  const points: TrendPoint[] = [];
  let pointMs = 0;
  for (let at = 0; at + perPoint <= items.length; at += perPoint) {
    const group = items.slice(at, at + perPoint);
    const y = measureOf(group);
    const windows = group.map(windowOf);
    const startMs = windows[0]?.startOffsetMs ?? 0;
    const last = windows[windows.length - 1];
    const endMs = last === undefined ? startMs : last.startOffsetMs + last.lengthMs;
    pointMs = Math.max(pointMs, endMs - startMs);
    if (y !== null) points.push({ x: (startMs + endMs) / 2 / HOUR_MS, y });
  }
  if (points.length === 0 && items[0] !== undefined) {
    pointMs = windowOf(items[0]).lengthMs * perPoint;
  }
  return { points, pointHours: pointMs / HOUR_MS };
}
