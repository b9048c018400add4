import { addAll } from '../histogram/add.ts';
import type { Counted } from './counted.ts';
import { addOutcomeCounts } from './outcome-counts.ts';
import type { PlanFacts } from './run-facts.ts';

/** Most windows in a report. */
const MAX_WINDOWS = 120;

/** A window in absolute time, so windows of several runners can be aligned. */
export interface TimedWindow extends Counted {
  /** Epoch ms. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly dropped: number;
  /** Responses marked as cold starts; null if not known. */
  readonly cold: number | null;
  /** Most memory that an environment used, in MB; null if not known. */
  readonly environmentMemoryMb: number | null;
  readonly vus: number | null;
  /** Most orders in flight; null if not known. */
  readonly inFlight: number | null;
}

/** Length of a window in a report: whole seconds, so that at most 120 cover the planned time. */
export function windowLengthMs(plan: Pick<PlanFacts, 'durationMs'>): number {
  return Math.max(1, Math.ceil(plan.durationMs / 1000 / MAX_WINDOWS)) * 1000;
}

/**
 * The windows of one runner on a grid of whole multiples of `lengthMs` in epoch time, which all runners
 * share. Each window counts entirely in the cell that holds its middle.
 */
export function alignWindows(windows: readonly TimedWindow[], lengthMs: number): TimedWindow[] {
  return mergeEqualStarts(
    windows.map((window) => ({
      ...window,
      startMs: Math.floor((window.startMs + window.lengthMs / 2) / lengthMs) * lengthMs,
      lengthMs,
    })),
    (levels) => Math.max(...levels),
  );
}

/** Windows of different runners on the same grid, added up cell by cell. */
export function addAligned(windows: readonly TimedWindow[]): TimedWindow[] {
  return mergeEqualStarts(windows, (levels) => levels.reduce((total, value) => total + value, 0));
}

function mergeEqualStarts(
  windows: readonly TimedWindow[],
  mergeLevels: (levels: readonly number[]) => number,
): TimedWindow[] {
  const cells = new Map<number, TimedWindow[]>();
  for (const window of windows) {
    const cell = cells.get(window.startMs);
    if (cell === undefined) cells.set(window.startMs, [window]);
    else cell.push(window);
  }
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([startMs, parts]) => {
      const vus = parts.flatMap((part) => part.vus ?? []);
      const inFlight = parts.flatMap((part) => part.inFlight ?? []);
      const memory = parts.flatMap((part) => part.environmentMemoryMb ?? []);
      return {
        startMs,
        lengthMs: Math.max(...parts.map((part) => part.lengthMs)),
        started: parts.reduce((total, part) => total + part.started, 0),
        dropped: parts.reduce((total, part) => total + part.dropped, 0),
        cold: parts.reduce<number | null>(
          (total, { cold }) => (total === null || cold === null ? null : total + cold),
          0,
        ),
        environmentMemoryMb: memory.length === 0 ? null : Math.max(...memory),
        outcomes: addOutcomeCounts(parts.map((part) => part.outcomes)),
        success: addAll(parts.map((part) => part.success)),
        vus: vus.length === 0 ? null : mergeLevels(vus),
        inFlight: inFlight.length === 0 ? null : mergeLevels(inFlight),
      };
    });
}
