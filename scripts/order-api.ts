import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import {
  type OrderApiCommand,
  parseOrderApiCommands,
} from '../lib/app/order-api/order-api-flags.ts';
import { startOrderApiGroup } from '../lib/app/order-api/order-api-group.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { OrderApiError } from '../order-api/config/order-api-error.ts';
import { startOrderApi } from '../order-api/start-order-api.ts';

const EXIT_GRACE_MS = 1_500;
const startedWithChannel = process.connected;

// The SDK warns of the end of Node 20 in 2027, which the user of a local API cannot act on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

runMain(process, async () => {
  const argv = process.argv.slice(2);
  const commands = parseOrderApiCommands(argv);
  const [command] = commands ?? [];
  if (commands === null || command === undefined) return EXIT.pass;
  return commands.length === 1 ? runOrderApi(command) : runDeployments(argv, commands);
});

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function runOrderApi(command: OrderApiCommand): Promise<number> {
  try {
    const api = await startOrderApi(command.config, warn);
    process.stdout.write(`ready ${api.url}\n`);
    const exitCode = await waitForEnd(command.dieWithParent);
    // Calls to a store that hangs outlive the server; nobody waits for their answers.
    setTimeout(() => process.exit(exitCode), EXIT_GRACE_MS).unref();
    await api.stop();
    return exitCode;
  } catch (error) {
    if (error instanceof OrderApiError) {
      throw new UserError(error.code, error.message, EXIT.environment);
    }
    throw error;
  }
}

async function runDeployments(
  argv: readonly string[],
  commands: readonly OrderApiCommand[],
): Promise<number> {
  const deployments = commands.map(({ deployment }) => deployment ?? '');
  const script = fileURLToPath(import.meta.url);
  const dieWithParent = commands.some((command) => command.dieWithParent);
  const asked = waitForEnd(dieWithParent);
  const group = startOrderApiGroup({ script, argv, deployments, env: process.env, warn });
  try {
    const urls = await Promise.race([group.ready, asked, group.broken]);
    if (typeof urls === 'number') return urls;
    for (const [index, url] of urls.entries()) {
      process.stdout.write(`ready ${deployments[index]} ${url}\n`);
    }
    return await Promise.race([asked, group.broken]);
  } finally {
    leaveParent(dieWithParent);
    await group.stop();
  }
}

/** An open channel or stdin would keep this process alive. */
function leaveParent(dieWithParent: boolean): void {
  if (process.connected) process.disconnect();
  if (dieWithParent) process.stdin.destroy();
}

/**
 * Resolves to the exit code when the process is asked to end, or has lost its parent. It does not keep
 * the process alive: open handles of the order API do.
 */
function waitForEnd(dieWithParent: boolean): Promise<number> {
  return new Promise((resolve) => {
    const end = (exitCode: number) => {
      resolve(exitCode);
      leaveParent(dieWithParent);
    };
    process.on('SIGINT', () => end(EXIT.interrupted));
    process.on('SIGTERM', () => end(EXIT.terminated));
    if (!dieWithParent) return;
    if (startedWithChannel) {
      // With a channel, stdin may be closed from the start and says nothing of the parent.
      if (!process.connected) end(EXIT.pass);
      process.on('disconnect', () => end(EXIT.pass));
      return;
    }
    process.stdin.resume();
    for (const event of ['end', 'close', 'error']) {
      process.stdin.on(event, () => end(EXIT.pass));
    }
  });
}
