import type { HistoryEntry } from '../../history/history-entry.ts';
import type { RunFigures } from '../../trend/trend-metric.ts';
import type { TrendChartData } from '../trend/trend-chart-data.ts';

/** One run, with the place of its report. */
export interface ResultRun {
  readonly entry: HistoryEntry;
  /** Folder of its report.json, relative to the page, or null if the report is gone. */
  readonly folder: string | null;
}

/** A run as the page's script reads it. */
export type PageRun = RunFigures &
  Pick<HistoryEntry, 'run' | 'startedAt' | 'scenario' | 'verdict'> & {
    /** Whether it is an ab run, whose report holds both sides. */
    readonly isAb: boolean;
    /** Version of the order API; empty if unknown. */
    readonly release: string;
    readonly commit: string;
    readonly label: string;
    readonly folder: string | null;
  };

/** Where the results are, as written on a command line. */
export interface ResultsPlace {
  /** Folder with the folders of the runs. */
  readonly root: string;
  readonly history: string;
  /** Whether the history has a run. */
  readonly hasHistory: boolean;
}

export interface ResultsPageData {
  /** Newest first. */
  readonly runs: readonly PageRun[];
  readonly place: ResultsPlace;
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/** The runs, newest first. */
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
