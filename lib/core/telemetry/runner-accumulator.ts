import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { type Cumulative, increaseOf, isFall, isNothing } from './cumulative.ts';
import type { DecodedSeries } from './decoded-push.ts';
import { FaultList } from './fault-list.ts';
import { addLatency, isOutcome } from './latency-counts.ts';
import { isNotSentReason, wasCountedAsStarted } from './not-sent-telemetry.ts';
import { pow8ToHistogram } from './pow8-histogram.ts';
import { renderRunner } from './runner-telemetry.ts';
import { describeSeries, type SeriesId } from './series-id.ts';
import { newSeries, type PendingPush, type Point, type SeriesState } from './series-state.ts';
import { startedIn } from './started-telemetry.ts';
import type { RunnerTelemetry } from './tally.ts';
import { WindowGrid } from './window-grid.ts';

/** How long a push waits for older ones that may arrive after it. */
const REORDER_HORIZON_MS = 3000;
const MAX_SERIES = 5000;
/** Most ways to fail that are counted separately: a server that invents statuses must not cost a run its figures. */
const MAX_FAILURE_SERIES = 500;

/** One series of a push with its identity. */
export interface IdentifiedSeries {
  readonly id: SeriesId;
  readonly series: DecodedSeries;
}

/**
 * Turns the pushes of one k6 process into windows and totals. Each push contains cumulative values, so duplicated and
 * lost pushes do no harm. A push that arrives late is either already contained in newer ones, or a fault. Pushes settle
 * into windows in the order in which they were made.
 */
export class RunnerAccumulator {
  readonly runner: string;
  readonly series = new Map<string, SeriesState>();
  readonly grid: WindowGrid;
  readonly faults = new FaultList();
  /** When the newest push was made, epoch ms by the runner's clock. */
  newestPushMs = Number.NEGATIVE_INFINITY;
  #pending: PendingPush[] = [];
  #failureSeries = 0;

  constructor(runner: string, windowMs: number) {
    this.runner = runner;
    this.grid = new WindowGrid(windowMs);
  }

  apply(items: readonly IdentifiedSeries[]): void {
    const points: { series: SeriesState; point: Point }[] = [];
    let atMs = Number.NEGATIVE_INFINITY;
    for (const item of items) {
      const series = this.#stateOf(item.id);
      if (series === null) continue;
      for (const { timestampMs, value } of item.series.samples) {
        atMs = Math.max(atMs, timestampMs);
        if (Number.isNaN(value)) {
          series.staleAtMs = Math.max(timestampMs, series.staleAtMs ?? timestampMs);
        } else {
          points.push({ series, point: { timestampMs, value } });
        }
      }
      for (const native of item.series.histograms) {
        atMs = Math.max(atMs, native.timestampMs);
        const value = this.#decode(item.id, () => pow8ToHistogram(native));
        if (value !== null) {
          points.push({ series, point: { timestampMs: native.timestampMs, value } });
        }
      }
    }
    if (!Number.isFinite(atMs)) return;
    this.newestPushMs = Math.max(this.newestPushMs, atMs);
    for (const { series, point } of points) noteNewest(series, point, atMs);
    this.#pending.push({ atMs, points });
    this.#settleUntil(this.newestPushMs - REORDER_HORIZON_MS);
  }

  /** Settles all pending pushes and returns the figures; meant for the end of the run. */
  telemetry(): RunnerTelemetry {
    this.#settleUntil(Number.POSITIVE_INFINITY);
    return this.soFar();
  }

  /** The figures of what has settled so far. */
  soFar(): RunnerTelemetry {
    return renderRunner(this.runner, [...this.series.values()], this.grid, this.faults.texts());
  }

  #stateOf(id: SeriesId): SeriesState | null {
    let state = this.series.get(id.key);
    if (state === undefined) {
      if (id.kind === 'failed') {
        if (this.#failureSeries >= MAX_FAILURE_SERIES) return null;
        this.#failureSeries += 1;
      } else if (this.series.size - this.#failureSeries >= MAX_SERIES) {
        this.faults.add('series', `more than ${MAX_SERIES} series: a label takes too many values`);
        return null;
      }
      state = newSeries(id);
      this.series.set(id.key, state);
      if (isByOutcome(id) && !isOutcome(id.outcome)) {
        this.#fault(id, 'outcome', `has the unknown outcome "${id.outcome}"`);
      }
      if (id.kind === 'notSent' && !isNotSentReason(id.why)) {
        this.#fault(id, 'reason', `has the unknown reason "${id.why}"`);
      }
    }
    return state;
  }

  #decode(id: SeriesId, decode: () => Histogram): Histogram | null {
    try {
      return decode();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fault(id, 'decode', `cannot be read: ${error.message}`);
      return null;
    }
  }

  #settleUntil(atMs: number): void {
    this.#pending.sort((a, b) => a.atMs - b.atMs);
    const waiting = this.#pending.findIndex((push) => push.atMs > atMs);
    const due = this.#pending.splice(0, waiting === -1 ? this.#pending.length : waiting);
    for (const push of due) this.#settle(push);
  }

  #settle(push: PendingPush): void {
    const gauges: { series: SeriesState; point: Point }[] = [];
    for (const entry of push.points) {
      const { series, point } = entry;
      if (isGauge(series.id)) {
        gauges.push(entry);
        continue;
      }
      const increase = this.#advance(series, point);
      if (increase === null || isNothing(increase)) continue;
      series.added = { firstMs: series.added?.firstMs ?? push.atMs, lastMs: push.atMs };
      this.#count(series.id, increase, push.atMs);
    }
    for (const { series, point } of gauges) this.#gauge(series, point, push.atMs);
    if (gauges.some(({ series }) => isInFlight(series))) this.#noteInFlight(push.atMs);
  }

  /** Moves a series on to `point`; null if the point adds nothing or is a fault. */
  #advance(series: SeriesState, point: Point): Cumulative | null {
    const { settled } = series;
    if (settled === null) {
      series.settled = point;
      return point.value;
    }
    const isContained = () => !isFall(increaseOf(settled.value, point.value));
    if (point.timestampMs < settled.timestampMs) {
      if (!isContained()) {
        this.#fault(series.id, 'late', 'was higher in an older push than in a newer one');
      }
      return null;
    }
    const increase = increaseOf(point.value, settled.value);
    if (isFall(increase)) {
      if (point.timestampMs > settled.timestampMs || !isContained()) {
        this.#fault(series.id, 'fell', increase.fell);
      }
      return null;
    }
    series.settled = point;
    return increase;
  }

  #count(id: SeriesId, increase: Cumulative, pushMs: number): void {
    if (id.warmup) return;
    const started = startedIn(id, increase);
    if (started > 0) {
      for (const cell of this.#cellsOf(id, pushMs)) cell.started += started;
    } else if (typeof increase === 'number') {
      if (id.kind === 'dropped' || id.kind === 'cold') {
        for (const cell of this.#cellsOf(id, pushMs)) cell[id.kind] += increase;
      }
    } else if (id.kind === 'notSent') {
      const orders = countOf(increase);
      for (const cell of this.#cellsOf(id, pushMs)) {
        cell.dropped += orders;
        if (wasCountedAsStarted(id)) cell.started -= orders;
      }
    } else if (id.kind === 'latencyPow8' && isOutcome(id.outcome)) {
      for (const cell of this.#cellsOf(id, pushMs)) addLatency(cell.latency, id.outcome, increase);
    }
  }

  #cellsOf(id: SeriesId, pushMs: number): ReturnType<WindowGrid['cellsOf']> {
    try {
      return this.grid.cellsOf(pushMs);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fault(id, 'time', error.message);
      return [];
    }
  }

  #gauge(series: SeriesState, point: Point, pushMs: number): void {
    if (typeof point.value !== 'number') return;
    if (series.id.kind === 'vus') this.grid.noteVus(pushMs, point.value);
    const { settled } = series;
    if (settled === null || settled.timestampMs <= point.timestampMs) series.settled = point;
  }

  /** Every event loop has its own gauge, and sends it only when it has something new. */
  #noteInFlight(pushMs: number): void {
    const inFlight = [...this.series.values()].filter(isInFlight);
    const levelOf = ({ settled }: SeriesState) =>
      typeof settled?.value === 'number' ? settled.value : 0;
    this.grid.noteInFlight(
      pushMs,
      inFlight.reduce((sum, series) => sum + levelOf(series), 0),
    );
  }

  #fault(id: SeriesId, kind: string, text: string): void {
    this.faults.add(`${kind} ${id.key}`, `${describeSeries(id)} ${text}`);
  }
}

function isGauge({ kind }: SeriesId): boolean {
  return kind === 'vus' || kind === 'inFlight' || kind === 'scenarioStartMs';
}

/** Whether it counts orders in flight of the load; those of a warm-up are in no figure. */
function isInFlight({ id }: SeriesState): boolean {
  return id.kind === 'inFlight' && !id.warmup;
}

function isByOutcome({ kind }: SeriesId): boolean {
  return kind === 'latencyPow8' || kind === 'resendPow8' || kind === 'failed';
}

function noteNewest(series: SeriesState, point: Point, pushMs: number): void {
  const { newest } = series;
  if (newest !== null) {
    if (point.timestampMs < newest.timestampMs) return;
    const isSameMoment = point.timestampMs === newest.timestampMs;
    if (isSameMoment && sizeOf(point.value) <= sizeOf(newest.value)) return;
  }
  series.beforeNewest = newest;
  series.newestPushMs = pushMs;
  series.newest = point;
}

function sizeOf(value: Cumulative): number {
  return typeof value === 'number' ? value : countOf(value);
}
