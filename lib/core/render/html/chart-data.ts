import { countOf } from '../../histogram/count.ts';
import { meanOf } from '../../histogram/mean.ts';
import { quantile } from '../../histogram/quantile.ts';
import { plannedStarted } from '../../load/stages.ts';
import { OUTCOMES, type Outcome } from '../../order/outcome.ts';
import { servedOf } from '../../report/outcome-counts.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { type Heatmap, heatmapOf } from './heatmap.ts';

type Levels = readonly (number | null)[];

/** The data of a report's charts, one value for each window. The page's script and the tables share it. */
export interface ChartData {
  /** Middle of each window in seconds after the load began. */
  readonly atSeconds: readonly number[];
  readonly windowSeconds: number;
  readonly stages: readonly StageSpan[];
  readonly sloP95Ms: number;
  /** Orders per second. */
  readonly rates: {
    readonly planned: readonly number[];
    readonly offered: readonly number[];
    readonly served: readonly number[];
  };
  /** Latency of stored orders in ms; null for a window without any. */
  readonly latencyMs: { readonly p50: Levels; readonly p95: Levels; readonly p99: Levels };
  readonly heatmap: Heatmap | null;
  /** Orders per second by outcome, for those outcomes that occurred. */
  readonly outcomes: readonly {
    readonly name: Outcome | 'dropped';
    /** Name in legend and table. */
    readonly label: string;
    readonly perSecond: readonly number[];
  }[];
  /** Most orders in flight. If that is unknown, stored orders in flight by Little's law: rate × mean latency. */
  readonly inFlight: Levels;
  readonly isInFlightDerived: boolean;
  /** Most environments of the function in use at once, from the platform's counters; null if they were not read. */
  readonly environments: Levels | null;
  /** As counted by the platform, or else by the client; null if neither has counts by window. */
  readonly coldStarts: Levels | null;
  readonly environmentMemoryMb: Levels | null;
}

export interface StageSpan {
  readonly name: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export function chartDataOf({ windows, load }: Report): ChartData {
  const each = <T>(pick: (window: Report['windows'][number]) => T): T[] => windows.map(pick);
  const perSecond = (pick: (window: Report['windows'][number]) => number) =>
    each((window) => round((pick(window) * 1000) / window.lengthMs));
  const percentile = (q: number) => each(({ success }) => rounded(quantile(success, q)));
  const counted = [
    ...OUTCOMES.map((name) => ({
      name,
      label: name,
      perSecond: perSecond(({ outcomes }) => outcomes[name]),
    })),
    {
      name: 'dropped' as const,
      label: 'dropped',
      perSecond: perSecond(({ dropped }) => dropped),
    },
  ];
  const counts = known(each(({ inFlight }) => inFlight ?? null));
  return {
    atSeconds: each(
      ({ startOffsetMs, lengthMs }) => Math.round(startOffsetMs + lengthMs / 2) / 1000,
    ),
    windowSeconds: (windows[0]?.lengthMs ?? 1000) / 1000,
    stages: stageSpans(load.stages),
    sloP95Ms: load.slo.p95Ms,
    rates: {
      planned: perSecond(({ startOffsetMs: from, lengthMs }) =>
        plannedStarted(load.stages, from, from + lengthMs),
      ),
      offered: perSecond(({ offered }) => offered),
      served: perSecond(({ outcomes }) => servedOf(outcomes)),
    },
    latencyMs: { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
    heatmap: heatmapOf(each(({ success }) => success)),
    outcomes: counted.filter((outcome) => outcome.perSecond.some((value) => value > 0)),
    inFlight: counts ?? each(derivedInFlight),
    isInFlightDerived: counts === null,
    environments: known(each(({ platform }) => platform?.concurrency ?? null)),
    coldStarts:
      known(each(({ platform }) => platform?.coldStarts ?? null)) ??
      known(each(({ coldStarts }) => coldStarts ?? null)),
    environmentMemoryMb: known(each(({ environmentMemoryMb }) => environmentMemoryMb ?? null)),
  };
}

function derivedInFlight({ success, lengthMs }: Report['windows'][number]): number | null {
  const meanMs = meanOf(success);
  return meanMs === null ? null : round((countOf(success) * meanMs) / lengthMs);
}

function stageSpans(stages: Report['load']['stages']): StageSpan[] {
  let seconds = 0;
  return stages.map(({ name, durationSeconds }) => {
    const fromSeconds = seconds;
    seconds += durationSeconds;
    return { name, fromSeconds, toSeconds: seconds };
  });
}

function known(levels: Levels): Levels | null {
  return levels.some((level) => level !== null) ? levels : null;
}

const rounded = (value: number | null): number | null => (value === null ? null : round(value));

/** Four significant digits are finer than a pixel or a bucket. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
