import { addAll } from '../histogram/add.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { failuresOf } from './failure-telemetry.ts';
import { addLatency, isOutcome, type LatencyCounts, resolvedCount } from './latency-counts.ts';
import { notSentOf, startedInVain, sumNotSent } from './not-sent-telemetry.ts';
import { resendsOf } from './resend-telemetry.ts';
import type { SeriesKind } from './series-id.ts';
import { isStale, type SeriesState } from './series-state.ts';
import { startedIn } from './started-telemetry.ts';
import type { RunnerTelemetry, Tally, WindowTally } from './tally.ts';
import { type WindowGrid, withoutNegatives } from './window-grid.ts';

/** The figures of one runner, from the settled state of its series. */
export function renderRunner(
  runner: string,
  series: readonly SeriesState[],
  grid: WindowGrid,
  faults: readonly string[],
): RunnerTelemetry {
  const measured = series.filter((item) => !item.id.warmup);
  const warmup = series.filter((item) => item.id.warmup);
  const steps = talliesByStep(measured);
  const scenarioStartMs = startOf(measured) ?? grid.firstWindowMs;
  const uncounted = sum([...steps.values()].map(({ tally, counted }) => tally.started - counted));
  return {
    runner,
    scenarioStartMs,
    ended: series.length > 0 && series.every(isStale),
    faults,
    steps: Object.fromEntries([...steps].map(([step, { tally }]) => [step, tally])),
    dropped: droppedOf(measured),
    notSent: notSentOf(measured),
    failures: failuresOf(measured),
    lateness: histogramOf(measured, 'latenessPow8'),
    latenessByStep: byStep(measured, 'latenessPow8'),
    warmup: { ...sumTallies(talliesByStep(warmup)), dropped: droppedOf(warmup) },
    resends: resendsOf(measured),
    windows: withoutNegatives(addToLast(grid.windows(scenarioStartMs ?? 0), uncounted)),
    connect: histogramOf(measured, 'connectPow8'),
    handler: histogramOf(measured, 'handlerPow8'),
    handlerByStep: byStep(measured, 'handlerPow8'),
    init: histogramOf(measured, 'initPow8'),
    cold: totalOf(measured, 'cold'),
    handlerSeen: totalOf(series, 'handlerSeen') > 0,
    timingSeen: totalOf(series, 'timingSeen') > 0,
  };
}

interface StepCount {
  readonly tally: Tally;
  /** The counter minus orders that could not be sent after all; below 0 if the counter lags. */
  readonly counted: number;
}

/**
 * k6 does not send a counter again if its last samples fell into the millisecond of the previous push, and its final
 * stale markers repeat only histograms. So a counter of started orders may lack a few that the histograms have, never
 * the other way round.
 */
function talliesByStep(series: readonly SeriesState[]): Map<string, StepCount> {
  const started = new Map<string, number>();
  const latency = new Map<string, LatencyCounts>();
  for (const { id, settled } of series) {
    const value = settled?.value;
    if (value === undefined) continue;
    const orders = startedIn(id, value);
    if (orders > 0) started.set(id.step, (started.get(id.step) ?? 0) + orders);
    if (id.kind === 'latencyPow8' && typeof value === 'object' && isOutcome(id.outcome)) {
      const sums: LatencyCounts = latency.get(id.step) ?? new Map();
      addLatency(sums, id.outcome, value);
      latency.set(id.step, sums);
    }
  }
  const notSent = notSentOf(series);
  const names = new Set([...started.keys(), ...latency.keys()]);
  return new Map(
    [...names].sort().map((step) => {
      const counted = (started.get(step) ?? 0) - startedInVain(notSent[step] ?? {});
      const resolved: LatencyCounts = latency.get(step) ?? new Map();
      const tally = {
        started: Math.max(counted, resolvedCount(resolved)),
        latencyByOutcome: Object.fromEntries(resolved),
      };
      return [step, { tally, counted }];
    }),
  );
}

function sumTallies(tallies: ReadonlyMap<string, StepCount>): Tally {
  const latency: LatencyCounts = new Map();
  let started = 0;
  for (const { tally } of tallies.values()) {
    started += tally.started;
    for (const [outcome, histogram] of Object.entries(tally.latencyByOutcome)) {
      if (isOutcome(outcome)) addLatency(latency, outcome, histogram);
    }
  }
  return { started, latencyByOutcome: Object.fromEntries(latency) };
}

/** Adds the started orders that only the histograms contain to the last window. */
function addToLast(windows: readonly WindowTally[], started: number): readonly WindowTally[] {
  return windows.map((window, position) =>
    position === windows.length - 1 ? { ...window, started: window.started + started } : window,
  );
}

function startOf(series: readonly SeriesState[]): number | null {
  const starts = series.flatMap(({ id, settled }) =>
    id.kind === 'scenarioStartMs' && typeof settled?.value === 'number' && settled.value > 0
      ? [settled.value]
      : [],
  );
  return starts.length === 0 ? null : Math.min(...starts);
}

function droppedOf(series: readonly SeriesState[]): number {
  return sum(Object.values(notSentOf(series)).map(sumNotSent));
}

function totalOf(series: readonly SeriesState[], kind: SeriesKind): number {
  return sum(
    series.map(({ id, settled }) =>
      id.kind === kind && typeof settled?.value === 'number' ? settled.value : 0,
    ),
  );
}

function histogramOf(series: readonly SeriesState[], kind: SeriesKind): Histogram {
  return addAll(
    series.flatMap(({ id, settled }) =>
      id.kind === kind && typeof settled?.value === 'object' ? [settled.value] : [],
    ),
  );
}

function byStep(series: readonly SeriesState[], kind: SeriesKind): Record<string, Histogram> {
  const ofKind = series.filter(({ id, settled }) => id.kind === kind && settled);
  const steps = [...new Set(ofKind.map(({ id }) => id.step))].sort();
  return Object.fromEntries(
    steps.map((step) => [
      step,
      histogramOf(
        ofKind.filter(({ id }) => id.step === step),
        kind,
      ),
    ]),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
