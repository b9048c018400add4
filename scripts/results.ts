import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { openInBrowser } from '../lib/app/results/open-in-browser.ts';
import { parseResultsFlags } from '../lib/app/results/parse-results-flags.ts';
import { writeResultsPage } from '../lib/app/results/write-results-page.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const { env, stdout, stderr } = process;
  const flags = parseResultsFlags(process.argv.slice(2), env);
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const written = await writeResultsPage(flags, { root: ROOT, say });
  stdout.write(flags.json ? `${JSON.stringify(written)}\n` : `${written.file}\n`);
  if (flags.open) openInBrowser(written.file, env, say);
  return EXIT.pass;
});
