import { Command } from 'commander';
import { runMain } from '../lib/app/cli/run-main.ts';
import { provisionK6 } from '../lib/node/provision/provision-k6.ts';

runMain(process, async () => {
  new Command('npm run provision --')
    .description(
      'Provides a k6 and prints its path on stdout (progress goes to stderr). ' +
        'Tries K6_BIN, PATH and the cache, then downloads the pinned release, then builds it with Go.',
    )
    .addHelpText(
      'after',
      `
Environment:
  K6_BIN                path of the k6 to use
  K6_MIRROR             replaces https://github.com/grafana/k6/releases/download
  K6_SHA256             SHA-256 required of the downloaded archive
  ORDER_LOAD_CACHE_DIR  where k6 is kept (default: serverless-order-load in the user's cache folder)

Exit codes: 0 there is a k6, 2 usage error, 4 no k6 could be provided`,
    )
    .exitOverride()
    .parse();
  const k6 = await provisionK6({
    env: process.env,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${k6.path}\n`);
  return 0;
});
