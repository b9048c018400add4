import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../lib/core/config/user-error.ts';
import { DEFAULT_TARGET_CONFIG as DEFAULTS, type TargetConfig } from '../target/target-config.ts';

export interface TargetCommand {
  readonly config: TargetConfig;
  /** End when the IPC channel, or without one stdin, closes. */
  readonly dieWithParent: boolean;
}

interface Flags extends Omit<TargetConfig, 'store' | 'reservedConcurrency' | 'memoryMb'> {
  readonly store: 'dynalite' | 'memory';
  readonly dynamodbEndpoint?: string;
  readonly memory: number;
  readonly reservedConcurrency?: number;
  readonly dieWithParent: boolean;
}

/** Reads the flags of `npm run target`. Null after help was printed; throws UserError on bad ones. */
export function parseTargetFlags(argv: readonly string[]): TargetCommand | null {
  try {
    return toCommand(createCommand().parse(argv, { from: 'user' }).opts<Flags>());
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UserError('E_USAGE', `${error.message.replace(/^error: /, '')} (see --help)`);
  }
}

function toCommand(flags: Flags): TargetCommand {
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
  return { config, dieWithParent };
}

function createCommand(): Command {
  return new Command('npm run target --')
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
    .option(
      '--idle-seconds <s>',
      'life of an idle environment',
      number(0, 86_400),
      DEFAULTS.idleSeconds,
    )
    .option('--seed <n>', 'seed of the random durations', whole(0, 2 ** 32 - 1), DEFAULTS.seed)
    .option(
      '--throttle-status <code>',
      'how the gateway reports throttling: 429, or 500 to 599',
      throttleStatus,
      DEFAULTS.throttleStatus,
    )
    .option('--die-with-parent', 'end when the IPC channel or stdin closes', false)
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
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
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}${unit}.`);
  };
}

function throttleStatus(text: string): number {
  if (text === '429' || /^5\d\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be 429, or a status from 500 to 599.');
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be a URL like http://127.0.0.1:8000.');
}
