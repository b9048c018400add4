import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { importReports } from '../lib/app/trend/import-reports.ts';
import { parseTrendFlags, selects, type TrendFlags } from '../lib/app/trend/parse-trend-flags.ts';
import { trendJson } from '../lib/core/compare/trend/trend-json.ts';
import type { ParsedHistory } from '../lib/core/compare/parse-history.ts';
import { seriesOf } from '../lib/core/compare/series-of.ts';
import { type SeriesTrend, seriesTrend } from '../lib/core/compare/trend/series-trend.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { renderTrendPage } from '../lib/core/render/trend/trend-page.ts';
import { renderTrend } from '../lib/core/render/trend/trend-text.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { appendConfirmedPoints, readConfirmedPoints } from '../lib/node/store/confirmed-points.ts';
import { readHistory } from '../lib/node/store/history.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';

const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));

runMain(process, async () => {
  const flags = parseTrendFlags(process.argv.slice(2), process.env);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  for (const root of flags.importFrom) await importReports(root, flags.history, say);
  const [history, confirmed] = await Promise.all([
    readHistory(flags.history),
    readConfirmedPoints(flags.history),
  ]);
  for (const line of [...history.skipped, ...confirmed.skipped]) say(line);
  const chosen = seriesOf(history.entries).filter((entries) => selects(flags, entries));
  if (chosen.length === 0) throw nothingChosen(flags, history);
  const trends = chosen.map((entries) => seriesTrend(entries, flags.metrics, confirmed.points));
  if (!flags.dryRun) {
    const fresh = trends.flatMap((trend) => trend.trends.flatMap((one) => one.fresh));
    const settled = fresh.filter(({ scenario }) => !flags.leaveOpen.includes(scenario));
    await appendConfirmedPoints(flags.history, settled);
  }
  const page = flags.html === null ? null : await writePage(flags.html, trends);
  const colors = streamColors(process.stdout, process.env);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(trends.map(trendJson))}\n`
      : `${trends.map((trend) => renderTrend(trend, colors)).join('\n\n')}\n`,
  );
  if (page !== null) say(`page      ${page}`);
  return exitCodeOf(trends, flags.strict);
});

function exitCodeOf(trends: readonly SeriesTrend[], strict: boolean): number {
  const verdicts = trends.map(({ verdict }) => verdict);
  if (verdicts.includes('suspect') || verdicts.includes('changed')) return EXIT.sloMissed;
  return strict && verdicts.includes('unknown') ? EXIT.invalid : EXIT.pass;
}

async function writePage(file: string, trends: readonly SeriesTrend[]): Promise<string> {
  const assets = await bundlePage(PAGE_DIR, 'trend');
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, renderTrendPage(trends, assets));
    return file;
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
      ? `There is no run in the history in ${history}. Every npm run load:… adds one; add earlier ones by --import results.`
      : `None of the ${entries.length} runs in ${history} is of the kind asked for; leave out --scenario or --target to see all.`,
  );
}
