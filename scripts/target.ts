import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { startLocalTarget } from '../target/local.ts';
import { DEFAULT_TARGET_CONFIG as DEFAULTS, type TargetConfig } from '../target/target-config.ts';
import { TargetError } from '../target/target-error.ts';
import { runMain } from './run-main.ts';

interface Flags extends Omit<TargetConfig, 'store' | 'reservedConcurrency' | 'memoryMb'> {
  readonly store: 'dynalite' | 'memory';
  readonly dynamodbEndpoint?: string;
  readonly memory: number;
  readonly reservedConcurrency?: number;
  readonly dieWithParent: boolean;
}

function number(min: number, max: number, unit = ''): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}${unit}.`);
  };
}

function whole(min: number, max: number, unit = ''): (text: string) => number {
  return (text) => {
    const value = number(min, max, unit)(text);
    if (Number.isInteger(value)) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}${unit}.`);
  };
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be a URL like http://127.0.0.1:8000.');
}

function parseFlags(argv: readonly string[]): Flags {
  const command = new Command('npm run target --')
    .description('Starts the order API on loopback and prints `ready URL` when it takes orders.')
    .option(
      '--port <port>',
      'port on 127.0.0.1; 0 picks a free one',
      whole(0, 65_535),
      DEFAULTS.port,
    )
    .addOption(
      new Option('--store <kind>', 'where orders are kept')
        .choices(['dynalite', 'memory'])
        .default('dynalite'),
    )
    .addOption(
      new Option('--dynamodb-endpoint <url>', 'keep orders in this DynamoDB instead')
        .argParser(httpUrl)
        .conflicts('store'),
    )
    .option(
      '--memory <MB>',
      'memory of the functions',
      whole(128, 10_240, ' MB'),
      DEFAULTS.memoryMb,
    )
    .option('--reserved-concurrency <n>', 'most orders served at once', whole(0, 1000))
    .option('--work-ms <ms>', 'CPU time of a call at 1,769 MB', number(0, 900_000), DEFAULTS.workMs)
    .option('--io-ms <ms>', 'waiting time of a call', number(0, 900_000), DEFAULTS.ioMs)
    .option('--init-ms <ms>', 'median of a cold start', number(0, 900_000), DEFAULTS.initMs)
    .option('--idle-seconds <s>', 'life when idle', number(0, 86_400), DEFAULTS.idleSeconds)
    .option('--seed <n>', 'seed of the random durations', whole(0, 2 ** 32 - 1), DEFAULTS.seed)
    .option(
      '--throttle-status <code>',
      '429, or 500 to 599',
      whole(429, 599),
      DEFAULTS.throttleStatus,
    )
    .option('--die-with-parent', 'end when the IPC channel or stdin closes', false)
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  return command.parse(argv, { from: 'user' }).opts<Flags>();
}

const EXIT_GRACE_MS = 1_500;

runMain(async () => {
  let flags: Flags;
  try {
    flags = parseFlags(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.pass;
    throw new UserError('E_USAGE', `${error.message.replace(/^error: /, '')} (see --help)`);
  }
  const { memory, store, dynamodbEndpoint, reservedConcurrency, dieWithParent, ...rest } = flags;
  const config: TargetConfig = {
    ...DEFAULTS,
    ...rest,
    memoryMb: memory,
    reservedConcurrency: reservedConcurrency ?? null,
    store:
      dynamodbEndpoint === undefined
        ? { kind: store }
        : { kind: 'endpoint', url: dynamodbEndpoint },
  };
  const ended = waitForEnd(dieWithParent);
  try {
    const target = await startLocalTarget(config, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`ready ${target.url}\n`);
    const exitCode = await ended;
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

/** Resolves to the exit code when the process is asked to end, or has lost its parent. */
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
    process.on('disconnect', () => end(EXIT.pass));
    // With a channel, stdin may be closed from the start and say nothing of the parent.
    if (process.connected) return;
    process.stdin.resume();
    for (const event of ['end', 'close', 'error']) {
      process.stdin.on(event, () => end(EXIT.pass));
    }
  });
}
