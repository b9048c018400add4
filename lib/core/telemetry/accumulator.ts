import type { Histogram } from '../histogram/histogram.ts';
import type { Outcome } from '../order/outcome.ts';
import type { DecodedPush } from './decoded-push.ts';
import { addLatencies, sloLatencyOf } from './latency-counts.ts';
import { countsOf, type LiveView, renderLive } from './live-view.ts';
import { type IdentifiedSeries, RunnerAccumulator } from './runner-accumulator.ts';
import { seriesIdOf } from './series-id.ts';
import type { RunnerTelemetry } from './tally.ts';
import { type Cell, PUSH_INTERVAL_MS } from './window-grid.ts';

/** One second of measured load, all runners together. */
export interface RecentSecond {
  /** Epoch ms, whole seconds. */
  readonly endMs: number;
  readonly started: number;
  readonly dropped: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Latency of stored orders and timeouts. */
  readonly sloLatency: Histogram;
}

/** Collects the pushes of one run, from any number of runners. */
export interface Accumulator {
  /** Takes a push; returns how many of its series belong to another run and were ignored. */
  apply(push: DecodedPush): { readonly foreignSeries: number };
  /** The measured load up to the newest push. */
  live(): LiveView;
  /** The seconds of the last minute, oldest first, except the newest three, which late pushes may still change. */
  recent(): readonly RecentSecond[];
  /** What has settled so far, three seconds behind. Changes nothing. */
  soFar(): readonly RunnerTelemetry[];
  /** Everything each runner reported, sorted by runner. Call it at the end, because it settles the remaining seconds. */
  runners(): readonly RunnerTelemetry[];
}

export interface AccumulatorOptions {
  /** Width of the windows: a positive multiple of 1000. */
  readonly windowMs: number;
  /** Value of the `run` label of the series to count; series of other runs are ignored. */
  readonly expectRun: string;
}

/** @throws RangeError unless `windowMs` is a positive multiple of 1000. */
export function createAccumulator({ windowMs, expectRun }: AccumulatorOptions): Accumulator {
  const runners = new Map<string, RunnerAccumulator>();
  new RunnerAccumulator('', windowMs);
  // The progress display calls this more often than k6 pushes.
  let live: LiveView | null = null;

  return {
    apply(push) {
      live = null;
      const byRunner = new Map<string, IdentifiedSeries[]>();
      let foreignSeries = 0;
      for (const series of push.series) {
        const id = seriesIdOf(series.labels);
        if (id === null) continue;
        if (series.labels['run'] !== expectRun) {
          foreignSeries += 1;
          continue;
        }
        const items = byRunner.get(id.runner);
        if (items === undefined) byRunner.set(id.runner, [{ id, series }]);
        else items.push({ id, series });
      }
      for (const [name, items] of byRunner) {
        const runner = runners.get(name) ?? new RunnerAccumulator(name, windowMs);
        runners.set(name, runner);
        runner.apply(items);
      }
      return { foreignSeries };
    },
    live() {
      live ??= renderLive([...runners.values()]);
      return live;
    },
    recent: () => mergeRecent([...runners.values()].flatMap((runner) => runner.grid.recent())),
    soFar: () => [...runners.values()].map((runner) => runner.soFar()),
    runners: () =>
      [...runners.values()]
        .map((runner) => runner.telemetry())
        .sort((a, b) => a.runner.localeCompare(b.runner, 'en', { numeric: true })),
  };
}

function mergeRecent(cells: readonly (Cell & { readonly endMs: number })[]): RecentSecond[] {
  const seconds = new Map<number, Cell>();
  for (const cell of cells) {
    const second = Math.round(cell.endMs / PUSH_INTERVAL_MS);
    const sum = seconds.get(second) ?? { started: 0, dropped: 0, cold: 0, latency: new Map() };
    sum.started += cell.started;
    sum.dropped += cell.dropped;
    sum.cold += cell.cold;
    addLatencies(sum.latency, cell.latency);
    seconds.set(second, sum);
  }
  return [...seconds]
    .sort(([a], [b]) => a - b)
    .map(([second, { started, dropped, latency }]) => ({
      endMs: second * PUSH_INTERVAL_MS,
      started: Math.max(0, started),
      dropped,
      outcomes: countsOf(latency),
      sloLatency: sloLatencyOf(latency),
    }));
}
