import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { HistoryEntry } from '../../core/history/history-entry.ts';
import type { ParsedHistory } from '../../core/history/parse-history.ts';
import { renderTrendPage } from '../../core/render/trend/trend-page.ts';
import type { RunPlaces } from '../../core/summary/results/compare-commands.ts';
import { seriesOf } from '../../core/trend/series-of.ts';
import { type SeriesTrend, seriesTrend } from '../../core/trend/series-trend.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { appendConfirmedPoints, readConfirmedPoints } from '../../node/store/confirmed-points.ts';
import { readHistory } from '../../node/store/history.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';
import type { CommandDeps } from '../cli/command-deps.ts';
import { importReports } from './import-reports.ts';
import { selects, type TrendFlags } from './parse-trend-flags.ts';
import { reportFolders } from './report-folders.ts';

/**
 * Imports runs, finds the trends of the series that the flags select, confirms their changes of level, and writes the
 * page of charts, as the flags say.
 * @throws UserError if no run is selected, or the page cannot be written.
 */
export async function runTrend(flags: TrendFlags, { root, say }: CommandDeps) {
  for (const folder of flags.importFrom) await importReports(folder, flags.history, say);
  const [history, confirmed] = await Promise.all([
    readHistory(flags.history),
    readConfirmedPoints(flags.history),
  ]);
  for (const line of [...history.skipped, ...confirmed.skipped]) say(line);
  const chosen = seriesOf(history.entries).filter((entries) => selects(flags, entries));
  if (chosen.length === 0) throw nothingChosen(flags, history);
  const trends = chosen.map((entries) => seriesTrend(entries, flags.metrics, confirmed.points));
  if (!flags.dryRun) {
    const fresh = trends.flatMap((trend) =>
      trend.trends.flatMap((trendOfMetric) => trendOfMetric.fresh),
    );
    const settled = fresh.filter(({ scenario }) => !flags.leaveOpen.includes(scenario));
    await appendConfirmedPoints(flags.history, settled);
  }
  const places = await placesOf(flags.history, chosen.flat());
  if (flags.html !== null) await writePage(flags.html, trends, places, root);
  return { trends, places, exitCode: exitCodeOf(trends, flags.strict) };
}

/** Every run puts its report beside the history. */
async function placesOf(history: string, entries: readonly HistoryEntry[]): Promise<RunPlaces> {
  const root = path.dirname(history);
  return { root, history, hasHistory: true, folders: await reportFolders(root, entries) };
}

function exitCodeOf(trends: readonly SeriesTrend[], strict: boolean): number {
  const verdicts = trends.map(({ verdict }) => verdict);
  if (verdicts.includes('suspect') || verdicts.includes('changed')) return EXIT.sloMissed;
  return strict && verdicts.includes('unknown') ? EXIT.invalid : EXIT.pass;
}

async function writePage(
  file: string,
  trends: readonly SeriesTrend[],
  places: RunPlaces,
  root: string,
): Promise<void> {
  const toResults = path.relative(path.dirname(file), places.root);
  const folderOf = (run: string): string | null => {
    const folder = places.folders.get(run);
    return folder === undefined ? null : path.join(toResults, folder);
  };
  const assets = await bundlePage(path.join(root, 'lib', 'page'), 'trend');
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, renderTrendPage(trends, places, folderOf, assets));
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write ${file} (${(error as NodeJS.ErrnoException).code}). Name another file with --html.`,
      EXIT.environment,
    );
  }
}

function nothingChosen({ history }: TrendFlags, { entries }: ParsedHistory): UserError {
  return new UserError(
    'E_HISTORY_EMPTY',
    entries.length === 0
      ? `There is no run in the history in ${history}. Every npm run load:… adds one; add earlier ones with --import results.`
      : `None of the ${entries.length} runs in ${history} matches; leave out --scenario or --target to see all.`,
  );
}
