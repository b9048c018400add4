import type { HistoryEntry } from '../../compare/history-entry.ts';
import type { ComparableEntry } from '../../compare/trend/incomparable-entries.ts';
import type { SeriesTrend } from '../../compare/trend/series-trend.ts';
import type { TrendMetric } from '../../compare/trend-metric.ts';
import type { TrendChartData } from '../trend/trend-chart-data.ts';

/** One run of the results, with the place where its report is. */
export interface ResultRun {
  readonly entry: HistoryEntry;
  /** Folder of its report.json below the page, or null where the report is gone. */
  readonly folder: string | null;
}

/** A run as the page's script takes it. */
export type PageRun = ComparableEntry &
  Pick<HistoryEntry, 'startedAt' | 'latencyMs' | 'judgedMs'> & {
    /** Version of the order API, or nothing. */
    readonly release: string;
    readonly commit: string;
    readonly label: string;
    readonly folder: string | null;
    /** Position in `series`. */
    readonly series: number;
  };

/** Where the results are, as a command line names them. */
export interface ResultsPlace {
  /** Folder that the folders of the runs are below. */
  readonly root: string;
  readonly history: string;
  /** Whether the history has a run. */
  readonly hasHistory: boolean;
}

export interface ResultsPageData {
  /** The newest first. */
  readonly runs: readonly PageRun[];
  readonly series: readonly {
    /** When the first run at the present level was started; absent where no run has the metric. */
    readonly levelSince: Readonly<Partial<Record<TrendMetric, string>>>;
  }[];
  readonly place: ResultsPlace;
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/** The newest run first. */
export function pageRuns(runs: readonly ResultRun[], trends: readonly SeriesTrend[]): PageRun[] {
  const seriesOfRun = new Map(
    trends.flatMap(({ entries }, position) => entries.map(({ run }) => [run, position] as const)),
  );
  return runs
    .map(({ entry, folder }) => {
      const { run, startedAt, scenario, profile, load, verdict, status } = entry;
      const { latencyMs, judgedMs, success, rps, dropped, k6Version, reportVersion } = entry;
      return {
        ...{ run, startedAt, scenario, profile, load, verdict, status, folder },
        ...(entry.facts && { facts: entry.facts }),
        ...{ latencyMs, success, rps, dropped, k6Version, reportVersion },
        ...(judgedMs && { judgedMs }),
        platform: entry.target.platform,
        isAb: entry.targetB !== undefined,
        release: entry.release ?? '',
        commit: entry.commit?.slice(0, 10) ?? '',
        label: entry.label ?? entry.target.label,
        series: seriesOfRun.get(run) ?? 0,
      };
    })
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

export function pageSeries(trends: readonly SeriesTrend[]): ResultsPageData['series'] {
  return trends.map(({ trends: byMetric }) => ({
    levelSince: Object.fromEntries(
      byMetric.flatMap(({ metric, entries, segments }) => {
        const first = entries[segments[segments.length - 1]?.from ?? 0];
        return first === undefined ? [] : [[metric, first.startedAt]];
      }),
    ),
  }));
}
