import type { LatencyCounts } from './latency-counts.ts';
import type { WindowTally } from './tally.ts';

/** k6 pushes once a second. */
export const PUSH_INTERVAL_MS = 1000;
const RECENT_SECONDS = 60;
const MAX_WINDOWS = 4000;

/** Counts of one stretch of time so far. */
export interface Cell {
  started: number;
  dropped: number;
  /** Responses marked as cold starts. */
  cold: number;
  readonly latency: LatencyCounts;
}

/** The counts of one recent second. */
export interface RecentCell extends Cell {
  readonly endMs: number;
}

/**
 * Assigns what each push added to windows. The grid is anchored on the first push with measured orders: k6 flushes once
 * a second, so what the n-th push after it adds happened in the second that ends with its newest sample. Rounding to
 * whole seconds tolerates ±500 ms of jitter, whereas with absolute times a push could end up in either of two windows.
 */
export class WindowGrid {
  /** Newest sample of the push that anchors the grid, epoch ms. */
  anchorMs: number | null = null;
  readonly #windowMs: number;
  readonly #cells = new Map<number, Cell>();
  readonly #vus = new Map<number, number>();
  readonly #inFlight = new Map<number, number>();
  readonly #recent = new Map<number, RecentCell>();
  #newestSecond = 0;

  /** @throws RangeError unless `windowMs` is a positive multiple of 1000. */
  constructor(windowMs: number) {
    if (!(windowMs >= PUSH_INTERVAL_MS && windowMs % PUSH_INTERVAL_MS === 0)) {
      throw new RangeError(`A window is a positive multiple of 1000 ms, not ${windowMs}.`);
    }
    this.#windowMs = windowMs;
  }

  /** Start of the first window, epoch ms, or null before the first measured order. */
  get firstWindowMs(): number | null {
    return this.anchorMs === null ? null : this.anchorMs - PUSH_INTERVAL_MS;
  }

  /**
   * The two cells, window and second, that count what a push added. Anchors the grid on first use.
   *
   * @throws RangeError if `pushMs` lies absurdly far from the rest of the run.
   */
  cellsOf(pushMs: number): readonly Cell[] {
    this.anchorMs ??= pushMs;
    const second = this.#secondOf(pushMs, this.anchorMs);
    const window = this.#windowOf(second);
    let cell = this.#cells.get(window);
    if (cell === undefined) {
      cell = { started: 0, dropped: 0, cold: 0, latency: new Map() };
      this.#cells.set(window, cell);
    }
    return [cell, ...this.#recentCell(second, this.anchorMs)];
  }

  /** Notes a number of VUs; ignored before the first measured order. */
  noteVus(pushMs: number, vus: number): void {
    this.#noteMost(this.#vus, pushMs, vus);
  }

  /** Notes a number of orders in flight; ignored before the first measured order. */
  noteInFlight(pushMs: number, orders: number): void {
    this.#noteMost(this.#inFlight, pushMs, orders);
  }

  #noteMost(levels: Map<number, number>, pushMs: number, level: number): void {
    if (this.anchorMs === null) return;
    const window = this.#windowOf(this.#secondOf(pushMs, this.anchorMs));
    levels.set(window, Math.max(level, levels.get(window) ?? 0));
  }

  /** The seconds of the last minute, oldest first. */
  recent(): readonly RecentCell[] {
    return [...this.#recent.values()].sort((a, b) => a.endMs - b.endMs);
  }

  /** All windows without a gap, from the first measured order to the last; see `withoutNegatives`. */
  windows(scenarioStartMs: number): WindowTally[] {
    if (this.firstWindowMs === null || this.#cells.size === 0) return [];
    const firstOffsetMs = this.firstWindowMs - scenarioStartMs;
    return Array.from({ length: Math.max(...this.#cells.keys()) + 1 }, (_, window) => {
      const cell = this.#cells.get(window);
      return {
        startOffsetMs: firstOffsetMs + window * this.#windowMs,
        lengthMs: this.#windowMs,
        started: cell?.started ?? 0,
        dropped: cell?.dropped ?? 0,
        cold: cell?.cold ?? 0,
        vus: this.#vus.get(window) ?? null,
        inFlight: this.#inFlight.get(window) ?? null,
        latencyByOutcome: Object.fromEntries(cell?.latency ?? []),
      };
    });
  }

  #secondOf(pushMs: number, anchorMs: number): number {
    return Math.max(0, Math.round((pushMs - anchorMs) / PUSH_INTERVAL_MS));
  }

  #windowOf(second: number): number {
    const window = Math.floor((second * PUSH_INTERVAL_MS) / this.#windowMs);
    if (window < MAX_WINDOWS) return window;
    throw new RangeError(`a push is dated ${second} s after the first one, which is impossible`);
  }

  #recentCell(second: number, anchorMs: number): readonly RecentCell[] {
    this.#newestSecond = Math.max(this.#newestSecond, second);
    const oldest = this.#newestSecond - RECENT_SECONDS + 1;
    for (const old of this.#recent.keys()) if (old < oldest) this.#recent.delete(old);
    if (second < oldest) return [];
    let cell = this.#recent.get(second);
    if (cell === undefined) {
      const endMs = anchorMs + second * PUSH_INTERVAL_MS;
      cell = { endMs, started: 0, dropped: 0, cold: 0, latency: new Map() };
      this.#recent.set(second, cell);
    }
    return [cell];
  }
}

/**
 * Makes every window's number of started orders zero or more. An order that failed on this machine's own limits is
 * subtracted once that is known, which may be a window after it was counted: a negative number is therefore taken off
 * the windows before it.
 */
export function withoutNegatives(windows: readonly WindowTally[]): WindowTally[] {
  let owed = 0;
  return windows
    .toReversed()
    .map((window) => {
      const started = window.started - owed;
      owed = Math.max(0, -started);
      return { ...window, started: Math.max(0, started) };
    })
    .toReversed();
}
