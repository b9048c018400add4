import type { HistoryEntry } from '../../compare/history-entry.ts';
import type { NoiseBetweenRuns } from '../../compare/trend/compare-entries.ts';
import type { SeriesTrend } from '../../compare/trend/series-trend.ts';
import type { TrendMetric } from '../../compare/trend-metric.ts';
import { seriesTitle } from '../trend/series-title.ts';
import type { TrendChartData } from '../trend/trend-chart-data.ts';

/** One run of the results, with the place where its report is. */
export interface ResultRun {
  readonly entry: HistoryEntry;
  /** Folder of its report.json below the page, or null where the report is gone. */
  readonly folder: string | null;
}

/** A run as the page's script takes it. */
export type PageRun = Pick<
  HistoryEntry,
  | 'run'
  | 'startedAt'
  | 'scenario'
  | 'verdict'
  | 'status'
  | 'latencyMs'
  | 'judgedMs'
  | 'success'
  | 'rps'
  | 'dropped'
> & {
  readonly commit: string;
  readonly label: string;
  readonly folder: string | null;
  /** Position in `series`. */
  readonly series: number;
};

export interface ResultsPageData {
  readonly runs: readonly PageRun[];
  readonly series: readonly {
    readonly title: string;
    /** Noise between its runs at the level of now, where there are enough of them. */
    readonly noise: Readonly<Partial<Record<TrendMetric, NoiseBetweenRuns>>>;
  }[];
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/** The newest run first. */
export function pageRuns(runs: readonly ResultRun[], trends: readonly SeriesTrend[]): PageRun[] {
  const seriesOfRun = new Map(
    trends.flatMap(({ entries }, position) => entries.map(({ run }) => [run, position] as const)),
  );
  return runs
    .map(({ entry, folder }) => {
      const {
        run,
        startedAt,
        scenario,
        verdict,
        status,
        latencyMs,
        judgedMs,
        success,
        rps,
        dropped,
      } = entry;
      return {
        ...{ run, startedAt, scenario, verdict, status, latencyMs, success, rps, dropped },
        folder,
        ...(judgedMs && { judgedMs }),
        commit: entry.commit?.slice(0, 10) ?? '',
        label: entry.label ?? entry.target.label,
        series: seriesOfRun.get(run) ?? 0,
      };
    })
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

export function pageSeries(trends: readonly SeriesTrend[]): ResultsPageData['series'] {
  return trends.map(({ entries, newest }) => ({
    title: seriesTitle(entries[entries.length - 1] as HistoryEntry),
    noise: Object.fromEntries(
      newest.flatMap(({ metric, expected }) =>
        expected === null ? [] : [[metric, { sd: expected.sd, runs: expected.runs }]],
      ),
    ),
  }));
}
