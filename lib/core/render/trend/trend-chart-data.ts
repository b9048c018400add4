import { type PageRun, rounded } from '../../summary/results/page-run.ts';
import { changeSentence, placeOfChange } from '../../summary/trend/change-text.ts';
import { fromScale, type MetricTrend } from '../../trend/metric-trend.ts';
import { segmentBand } from '../../trend/segment-band.ts';
import { isWorse, type TrendMetric } from '../../trend/trend-metric.ts';

/** A run as a chart of a trend shows it. */
export type ChartRun = Pick<PageRun, 'run' | 'startedAt' | 'release' | 'commit' | 'folder'>;

/** The data of one metric's chart. */
export interface TrendChartData {
  readonly metric: TrendMetric;
  /** The runs of the chart, oldest first, as positions in the runs of the page. */
  readonly runs: readonly number[];
  /** Their values, in the unit of the metric. */
  readonly values: readonly number[];
  readonly segments: readonly ChartSegment[];
  readonly changes: readonly ChartChange[];
}

export interface ChartSegment {
  /** Positions in `values`, [from, to). */
  readonly from: number;
  readonly to: number;
  /** Median of its runs. */
  readonly level: number;
  /** Range in which 95% of its runs are expected; null for fewer than eight runs. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface ChartChange {
  /** Position in `values` of the first run at the new level. */
  readonly at: number;
  readonly isWorse: boolean;
  /** Release and commit, or the run, from which the new level holds. */
  readonly label: string;
  /** The change in one sentence, without its period. */
  readonly text: string;
}

/** @param positions of the runs of the page, by run id. */
export function trendChartData(
  trend: MetricTrend,
  positions: ReadonlyMap<string, number>,
): TrendChartData {
  const { metric, entries, levels, segments, points } = trend;
  return {
    metric,
    runs: entries.map(({ run }) => positions.get(run) ?? -1),
    values: levels.map(({ level }) => rounded(fromScale(metric, level))),
    segments: segments.map(({ from, to, level }) => {
      const { low, high } = segmentBand(metric, levels.slice(from, to));
      return { from, to, level: rounded(level), low: rounded(low), high: rounded(high) };
    }),
    changes: points.map((point) => ({
      at: entries.findIndex(({ startedAt }) => startedAt >= point.startedAt),
      isWorse: isWorse(metric, point.after - point.before),
      label: placeOfChange(point),
      text: changeSentence(point),
    })),
  };
}
