import type { Headline } from '../../text/statement.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import type { ResultsPlace, RunPlaces } from './compare-commands.ts';
import type { ResultRun } from './page-run.ts';
import { resultsHeadline } from './results-headline.ts';
import { type SeriesRow, seriesRows } from './series-row.ts';

/** What all results say. No text is escaped. */
export interface ResultsSummary {
  readonly headline: Headline;
  /** One for each series, those that need attention first. */
  readonly rows: readonly SeriesRow[];
  /** For commands. */
  readonly places: RunPlaces;
}

/** @param trends of all series of the runs. */
export function resultsSummary(
  runs: readonly ResultRun[],
  trends: readonly SeriesTrend[],
  place: ResultsPlace,
): ResultsSummary {
  const folders = new Map<string, string>();
  for (const { entry, folder } of runs) if (folder !== null) folders.set(entry.run, folder);
  const places = { ...place, folders };
  const rows = seriesRows(trends);
  return { headline: resultsHeadline(rows, places), rows, places };
}
