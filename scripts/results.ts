import { access } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { parseResultsFlags } from '../lib/app/results/parse-results-flags.ts';
import { readResults } from '../lib/app/results/read-results.ts';
import { seriesOf } from '../lib/core/compare/series-of.ts';
import { seriesTrend } from '../lib/core/compare/trend/series-trend.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { renderResultsPage } from '../lib/core/render/results/results-page.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { startProcess } from '../lib/node/process/start-process.ts';
import { readConfirmedPoints } from '../lib/node/store/confirmed-points.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';

const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));

runMain(process, async () => {
  const { root, history, json, open } = parseResultsFlags(process.argv.slice(2), process.env);
  const [{ runs, skipped, hasHistory }, confirmed, assets] = await Promise.all([
    readResults(root, history),
    readConfirmedPoints(history),
    bundlePage(PAGE_DIR, 'results'),
  ]);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const problems = [...skipped, ...confirmed.skipped];
  for (const line of problems) say(line);
  const trends = seriesOf(runs.map(({ entry }) => entry)).map((entries) =>
    seriesTrend(entries, ['p50', 'p95', 'p99', 'success'], confirmed.points),
  );
  const place = { root, history, hasHistory };
  const file = path.join(root, 'index.html');
  try {
    await access(root);
    await writeFileAtomically(file, renderResultsPage(runs, trends, place, problems, assets));
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write ${file} (${(error as NodeJS.ErrnoException).code}).`,
      EXIT.environment,
    );
  }
  process.stdout.write(json ? `${JSON.stringify({ file, runs: runs.length })}\n` : `${file}\n`);
  if (open) openInBrowser(file, say);
  return EXIT.pass;
});

function openInBrowser(file: string, say: (line: string) => void): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const browser = startProcess({ file: opener, args: [file], env: process.env, ownGroup: true });
  browser.unref();
  void browser.ended.then(({ error }) => {
    if (error !== null) say(`there is no ${opener} here; open ${file} yourself`);
  });
}
