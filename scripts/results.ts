import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { parseResultsFlags } from '../lib/app/results/parse-results-flags.ts';
import { writeResultsPage } from '../lib/app/results/write-results-page.ts';
import { EXIT } from '../lib/core/config/user-error.ts';
import { startProcess } from '../lib/node/process/start-process.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const { env, stdout, stderr } = process;
  const flags = parseResultsFlags(process.argv.slice(2), env);
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const written = await writeResultsPage(flags, { root: ROOT, say });
  stdout.write(flags.json ? `${JSON.stringify(written)}\n` : `${written.file}\n`);
  if (flags.open) openInBrowser(written.file, say);
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
