import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { startLocalTarget } from '../target/local.ts';
import { TargetError } from '../target/target-error.ts';
import { runMain } from './run-main.ts';
import { parseTargetFlags } from './target-flags.ts';

const EXIT_GRACE_MS = 1_500;
const startedWithChannel = process.connected;

// The SDK warns of the end of Node 20 in 2027, which the user of a local target cannot act on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

runMain(async () => {
  const command = parseTargetFlags(process.argv.slice(2));
  if (command === null) return EXIT.pass;
  try {
    const target = await startLocalTarget(command.config, (line) =>
      process.stderr.write(`${line}\n`),
    );
    process.stdout.write(`ready ${target.url}\n`);
    const exitCode = await waitForEnd(command.dieWithParent);
    // Calls to a store that hangs outlive the server; nobody waits for their answers.
    setTimeout(() => process.exit(exitCode), EXIT_GRACE_MS).unref();
    await target.stop();
    return exitCode;
  } catch (error) {
    if (error instanceof TargetError) {
      throw new UserError(error.code, error.message, EXIT.environment);
    }
    throw error;
  }
});

/**
 * Resolves to the exit code when the process is asked to end, or has lost its parent. Until then
 * open handles keep the process alive, so it is only called once the target is up.
 */
function waitForEnd(dieWithParent: boolean): Promise<number> {
  return new Promise((resolve) => {
    const end = (exitCode: number) => {
      resolve(exitCode);
      // An open channel or stdin would keep this process alive.
      if (process.connected) process.disconnect();
      if (dieWithParent) process.stdin.destroy();
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
