import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { runMain } from '../lib/app/cli/run-main.ts';
import { updateGeneratedPages } from '../lib/app/docs/generated-pages.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const { check = false } = new Command('npm run docs --')
    .description('Writes the pages of docs/ that are generated from code.')
    .option('--check', 'write nothing; exit 1 if a page is stale')
    .exitOverride()
    .parse()
    .opts<{ check?: boolean }>();
  const stale = await updateGeneratedPages(ROOT, check);
  if (stale.length === 0) {
    console.log('Generated pages are up to date.');
    return EXIT.pass;
  }
  if (!check) {
    console.log(`Written: ${stale.join(', ')}`);
    return EXIT.pass;
  }
  console.error(`Stale: ${stale.join(', ')}. Run npm run docs and commit the result.`);
  return EXIT.sloMissed;
});
