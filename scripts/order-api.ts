import { runMain } from '../lib/app/cli/run-main.ts';
import { parseOrderApiCommands } from '../lib/app/order-api/order-api-flags.ts';
import { runOrderApi } from '../lib/app/order-api/run-order-api.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

const startedWithChannel = process.connected;

runMain(process, async () => {
  const { env } = process;
  const argv = process.argv.slice(2);
  const commands = parseOrderApiCommands(argv);
  if (commands === null || commands.length === 0) return EXIT.pass;
  return runOrderApi(commands, { argv, env, startedWithChannel });
});
