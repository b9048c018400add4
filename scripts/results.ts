import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { streamWidth } from '../lib/app/cli/stream-width.ts';
import { openInBrowser } from '../lib/app/results/open-in-browser.ts';
import { parseResultsFlags } from '../lib/app/results/parse-results-flags.ts';
import { writeResultsPage } from '../lib/app/results/write-results-page.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';
import { headlineLines, nextLines } from '../lib/core/render/headline-lines.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const { env, stdout, stderr } = process;
  const flags = parseResultsFlags(process.argv.slice(2), env);
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const { file, runs, headline } = await writeResultsPage(flags, { root: ROOT, say });
  if (!flags.json) {
    const look = { colors: streamColors(stderr, env), width: streamWidth(stderr) };
    for (const line of [...headlineLines(headline, look), ...nextLines(headline, look)]) say(line);
  }
  stdout.write(flags.json ? `${JSON.stringify({ file, runs })}\n` : `${file}\n`);
  if (flags.open) openInBrowser(file, env, say);
  return EXIT.pass;
});
