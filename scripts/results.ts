import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { seriesOf, seriesTrend } from '../lib/core/compare/trend/series-trend.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { renderResultsPage } from '../lib/core/render/results/results-page.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { readConfirmedPoints } from '../lib/node/store/confirmed-points.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';
import { parseCommand } from './parse-command.ts';
import { readResults } from './results/read-results.ts';
import { runMain } from './run-main.ts';

const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));

runMain(async () => {
  const { root, json, open } = parseFlags(process.argv.slice(2));
  const history = path.join(root, 'history');
  const [{ runs, skipped }, confirmed, assets] = await Promise.all([
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
  const file = path.join(root, 'index.html');
  try {
    await access(root);
    await writeFileAtomically(file, renderResultsPage(runs, trends, problems, assets));
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

function parseFlags(argv: readonly string[]): { root: string; json: boolean; open: boolean } {
  const command = new Command('npm run results --')
    .description(
      'Writes one page over all results: every run, the trends, and any two side by side.',
    )
    .argument('[folder]', 'folder of the results', 'results')
    .option('--open', 'open the page in the browser')
    .option('--json', 'say what was written as JSON')
    .addHelpText('after', '\nExit codes: 0 written, 2 usage error or no results, 4 cannot write.');
  parseCommand(command, argv);
  const { open, json } = command.opts<{ open?: true; json?: true }>();
  return { root: command.processedArgs[0] as string, open: open === true, json: json === true };
}

function openInBrowser(file: string, say: (line: string) => void): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [file], { detached: true, stdio: 'ignore' });
  child.on('error', () => say(`there is no ${opener} here; open ${file} yourself`));
  child.unref();
}
