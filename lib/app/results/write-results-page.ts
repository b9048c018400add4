import { access } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { renderResultsPage } from '../../core/render/results/results-page.ts';
import { resultsSummary } from '../../core/summary/results/results-summary.ts';
import { sweepRows } from '../../core/summary/results/sweep-rows.ts';
import type { Headline } from '../../core/text/statement.ts';
import { seriesOf } from '../../core/trend/series-of.ts';
import { seriesTrend } from '../../core/trend/series-trend.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { readConfirmedPoints } from '../../node/store/confirmed-points.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';
import type { CommandDeps } from '../cli/command-deps.ts';
import type { ResultsFlags } from './parse-results-flags.ts';
import { readResults } from './read-results.ts';
import { readSweepResults } from './read-sweep-results.ts';

/**
 * Writes the page of all results into their folder, and returns what it says first.
 * @throws UserError E_RESULTS_UNWRITABLE (exit 4)
 */
export async function writeResultsPage(
  { root: folder, history }: Pick<ResultsFlags, 'root' | 'history'>,
  { root, say }: CommandDeps,
): Promise<{ readonly file: string; readonly runs: number; readonly headline: Headline }> {
  const [{ runs, skipped, hasHistory }, sweeps, confirmed, assets] = await Promise.all([
    readResults(folder, history),
    readSweepResults(folder),
    readConfirmedPoints(history),
    bundlePage(path.join(root, 'lib', 'page'), 'results'),
  ]);
  const problems = [...skipped, ...sweeps.skipped, ...confirmed.skipped];
  for (const line of problems) say(line);
  const trends = seriesOf(runs.map(({ entry }) => entry)).map((entries) =>
    seriesTrend(entries, ['p50', 'p95', 'p99', 'success'], confirmed.points),
  );
  const summary = resultsSummary(runs, trends, { root: folder, history, hasHistory });
  const file = path.join(folder, 'index.html');
  try {
    await access(folder);
    const page = renderResultsPage(runs, summary, problems, assets, sweepRows(sweeps.sweeps));
    await writeFileAtomically(file, page);
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write ${file} (${(error as NodeJS.ErrnoException).code}).`,
      EXIT.environment,
    );
  }
  return { file, runs: runs.length, headline: summary.headline };
}
