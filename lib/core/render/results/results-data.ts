import type { HistoryEntry } from '../../history/history-entry.ts';
import type { RunFigures } from '../../trend/trend-metric.ts';
import type { TrendChartData } from '../trend/trend-chart-data.ts';

/** One run of the results, with the place where its report is. */
export interface ResultRun {
  readonly entry: HistoryEntry;
  /** Folder of its report.json below the page, or null where the report is gone. */
  readonly folder: string | null;
}

/** A run as the page's script takes it. */
export type PageRun = RunFigures &
  Pick<HistoryEntry, 'run' | 'startedAt' | 'scenario' | 'verdict'> & {
    /** Whether it is an ab run, which holds both sides. */
    readonly isAb: boolean;
    /** Version of the order API, or nothing. */
    readonly release: string;
    readonly commit: string;
    readonly label: string;
    readonly folder: string | null;
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
  readonly place: ResultsPlace;
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/** The newest run first. */
export function pageRuns(runs: readonly ResultRun[]): PageRun[] {
  return runs
    .map(({ entry, folder }) => ({
      run: entry.run,
      startedAt: entry.startedAt,
      scenario: entry.scenario,
      verdict: entry.verdict,
      status: entry.status,
      load: entry.load,
      latencyMs: entry.latencyMs,
      ...(entry.judgedMs && { judgedMs: entry.judgedMs }),
      success: entry.success,
      rps: entry.rps,
      dropped: entry.dropped,
      isAb: entry.targetB !== undefined,
      release: entry.release ?? '',
      commit: entry.commit?.slice(0, 10) ?? '',
      label: entry.label ?? entry.target.label,
      folder,
    }))
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}
