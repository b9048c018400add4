import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { runStoppable } from '../lib/app/cli/run-stoppable.ts';
import { type WalkthroughFlags, walkthrough } from '../lib/app/walkthrough/walkthrough.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runStoppable(process, async (stop) => {
  const { quick, write, page, out } = new Command('npm run walkthrough --')
    .description('Runs every load of docs/walkthrough.md on this machine and prints the figures.')
    .option(
      '--quick',
      'loads of four seconds each, which only show which deployment does better',
      false,
    )
    .option('--write', 'put the figures into the page', false)
    .option('--page <file>', 'page with the blocks to fill', join(ROOT, 'docs/walkthrough.md'))
    .option('--out <dir>', 'folder for the reports of all runs', 'results/walkthrough')
    .allowExcessArguments(false)
    .exitOverride()
    .parse()
    .opts<WalkthroughFlags>();
  const flags = { quick, write, page: resolve(page), out: resolve(out) };
  // The commands on the page are typed here.
  process.chdir(ROOT);
  const { env, stdout, stderr } = process;
  return walkthrough(flags, { root: ROOT, cwd: ROOT, env, stdout, stderr, stop });
});
