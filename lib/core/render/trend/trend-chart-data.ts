import { fromScale, type MetricTrend } from '../../trend/metric-trend.ts';
import { segmentBand } from '../../trend/segment-band.ts';
import { isWorse, type TrendMetric } from '../../trend/trend-metric.ts';
import { pointText } from './trend-text.ts';

/** The data of one metric's chart: one entry in each list for each run, oldest first. */
export interface TrendChartData {
  readonly metric: TrendMetric;
  readonly runs: readonly { readonly run: string; readonly at: string; readonly commit: string }[];
  readonly values: readonly number[];
  /** Median of the run's segment. */
  readonly levels: readonly number[];
  /** Range in which 95% of the segment's runs are expected; null for segments of fewer than eight runs. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly changes: readonly {
    readonly at: number;
    readonly isWorse: boolean;
    readonly commit: string;
    readonly text: string;
  }[];
}

const SHORT_COMMIT = 8;

export function trendChartData(trend: MetricTrend): TrendChartData {
  const { metric, entries, levels, segments, points, fresh } = trend;
  const bands = segments.flatMap(({ from, to, level }) => {
    const band = segmentBand(metric, levels.slice(from, to));
    return Array.from({ length: to - from }, () => ({ level, ...band }));
  });
  return {
    metric,
    runs: entries.map(({ run, startedAt, commit }) => ({
      run,
      at: startedAt.slice(0, 16).replace('T', ' '),
      commit: commit?.slice(0, SHORT_COMMIT) ?? '',
    })),
    values: levels.map(({ level }) => fromScale(metric, level)),
    levels: bands.map(({ level }) => level),
    low: bands.map(({ low }) => low),
    high: bands.map(({ high }) => high),
    changes: points.map((point) => ({
      at: entries.findIndex(({ startedAt }) => startedAt >= point.startedAt),
      isWorse: isWorse(metric, point.after - point.before),
      commit: point.commit?.slice(0, SHORT_COMMIT) ?? '',
      text: pointText(point, fresh.includes(point)),
    })),
  };
}
