import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../lib/core/config/user-error.ts';
import {
  concurrencyProblem,
  DEFAULT_TARGET_CONFIG as DEFAULTS,
  type TargetConfig,
} from '../target/target-config.ts';
import { number, whole } from './number-flags.ts';
import { readDeployment } from './read-deployment.ts';
import { addFaultOptions, type FaultFlags, toFaultConfig } from './target-fault-flags.ts';
import { addQueueOptions, type QueueFlags, toQueueConfig } from './target-queue-flags.ts';

export interface TargetCommand {
  readonly config: TargetConfig;
  /** End when the IPC channel, or without one stdin, closes. */
  readonly dieWithParent: boolean;
}

/** As commander gives them: what is absent has no default of its own. */
interface Flags extends QueueFlags, FaultFlags {
  readonly deployment?: string;
  readonly port: number;
  readonly store: 'dynalite' | 'memory';
  readonly dynamodbEndpoint?: string;
  readonly createOrder: TargetConfig['createOrder'];
  readonly logs?: string;
  readonly logFormat?: 'text' | 'json';
  readonly memory: number;
  readonly reservedConcurrency?: number;
  readonly provisioned: number;
  readonly accountConcurrency: number;
  readonly workMs: number;
  readonly ioMs: number;
  readonly firstWorkMs?: number;
  readonly firstIoMs?: number;
  readonly runtime: TargetConfig['runtime'];
  readonly arch: TargetConfig['architecture'];
  readonly bundle: TargetConfig['bundle'];
  readonly initMs?: number;
  readonly initSigma?: number;
  readonly idleSeconds: number;
  readonly timeoutMs: number;
  readonly gateway: TargetConfig['gateway'];
  readonly gatewayRate: number;
  readonly gatewayBurst: number;
  readonly gatewayTimeoutMs?: number;
  readonly gatewayTimeoutStatus: string;
  readonly throttleStatus: number;
  readonly seed: number;
  readonly dieWithParent: boolean;
}

/** Reads the flags of `npm run target`. Null after help was printed; throws UserError on bad ones. */
export function parseTargetFlags(argv: readonly string[]): TargetCommand | null {
  try {
    const flags = parseFlags(argv);
    if (flags.deployment === undefined) return toCommand(flags);
    // Of a flag that is given twice the last one counts.
    return toCommand(parseFlags([...deployedFlags(flags.deployment), ...argv]));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UserError('E_USAGE', `${oneLine(error)} (see --help)`);
  }
}

/** The flags of a deployment, which have to make sense without any others. */
function deployedFlags(deployment: string): readonly string[] {
  const flags = readDeployment(deployment);
  try {
    toCommand(parseFlags(flags));
    return flags;
  } catch (error) {
    if (!(error instanceof CommanderError || error instanceof UserError)) throw error;
    throw new UserError('E_DEPLOYMENT', `--deployment ${deployment}: ${oneLine(error)}`);
  }
}

function parseFlags(argv: readonly string[]): Flags {
  return createCommand().parse(argv, { from: 'user' }).opts<Flags>();
}

function oneLine({ message }: Error): string {
  return message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
}

function toCommand(flags: Flags): TargetCommand {
  const queue = toQueueConfig(flags, flags.timeoutMs);
  const config: TargetConfig = {
    ...DEFAULTS,
    port: flags.port,
    store:
      flags.dynamodbEndpoint === undefined
        ? { kind: flags.store }
        : { kind: 'endpoint', url: flags.dynamodbEndpoint },
    createOrder: flags.createOrder,
    logs: toLogConfig(flags),
    memoryMb: flags.memory,
    reservedConcurrency: flags.reservedConcurrency ?? null,
    provisionedConcurrency: flags.provisioned,
    accountConcurrency: flags.accountConcurrency,
    workMs: flags.workMs,
    ioMs: flags.ioMs,
    firstWorkMs: flags.firstWorkMs ?? null,
    firstIoMs: flags.firstIoMs ?? null,
    runtime: flags.runtime,
    architecture: flags.arch,
    bundle: flags.bundle,
    initMs: flags.initMs ?? null,
    initSigma: flags.initSigma ?? null,
    idleSeconds: flags.idleSeconds,
    timeoutMs: flags.timeoutMs,
    gateway: flags.gateway,
    gatewayRatePerSecond: flags.gatewayRate,
    gatewayBurst: flags.gatewayBurst,
    gatewayTimeoutMs: flags.gatewayTimeoutMs ?? null,
    gatewayTimeoutStatus: flags.gatewayTimeoutStatus === '503' ? 503 : 504,
    throttleStatus: flags.throttleStatus,
    queue,
    faults: toFaultConfig(flags, queue),
    seed: flags.seed,
  };
  const problem = concurrencyProblem(config);
  if (problem !== null) throw new UserError('E_USAGE', `${problem} (see --help)`);
  return { config, dieWithParent: flags.dieWithParent };
}

function toLogConfig({ logs, logFormat }: Flags): TargetConfig['logs'] {
  if (logs !== undefined) return { path: logs, format: logFormat ?? 'text' };
  if (logFormat === undefined) return null;
  throw new UserError('E_USAGE', '--log-format says nothing without --logs (see --help)');
}

function createCommand(): Command {
  const command = new Command('npm run target --')
    .description('Starts the order API on loopback and prints `ready URL` when it takes orders.')
    .option(
      '--deployment <name|file>',
      'options of target/deployments/NAME.json; other flags override them',
    )
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
    .addOption(
      new Option(
        '--create-order <kind>',
        'handler of POST /orders: as in the notes, or as it should be',
      )
        .choices(['optimised', 'naive'])
        .default(DEFAULTS.createOrder),
    )
    .option('--logs <file>', 'write what Lambda would log of every call; - for stdout', logFile)
    .addOption(
      new Option('--log-format <format>', "Lambda's log format (text)").choices(['text', 'json']),
    )
    .option(
      '--memory <MB>',
      'memory of the functions',
      whole(128, 10_240, ' MB'),
      DEFAULTS.memoryMb,
    )
    .option('--reserved-concurrency <n>', 'most orders served at once', whole(0, 1000))
    .option(
      '--provisioned <n>',
      'environments kept initialised for orders',
      whole(0, 1000),
      DEFAULTS.provisionedConcurrency,
    )
    .option(
      '--account-concurrency <n>',
      'most calls of all functions at once; 10 times as many per second',
      whole(1, 100_000),
      DEFAULTS.accountConcurrency,
    )
    .option('--work-ms <ms>', 'CPU time of a call at 1,769 MB', number(0, 900_000), DEFAULTS.workMs)
    .option('--io-ms <ms>', 'waiting time of a call', number(0, 900_000), DEFAULTS.ioMs)
    .option(
      '--first-work-ms <ms>',
      'CPU time of the first call of an environment',
      number(0, 900_000),
    )
    .option('--first-io-ms <ms>', 'waiting time of that call', number(0, 900_000))
    .addOption(
      new Option('--runtime <name>', 'cold starts of this runtime')
        .choices(['node22', 'python3.12'])
        .default(DEFAULTS.runtime),
    )
    .addOption(
      new Option('--arch <name>', 'processor: cold starts and prices')
        .choices(['x86', 'arm'])
        .default(DEFAULTS.architecture),
    )
    .addOption(
      new Option('--bundle <name>', 'code to load at a cold start: nearly none, or the AWS SDK')
        .choices(['hello', 'sdk'])
        .default(DEFAULTS.bundle),
    )
    .option('--init-ms <ms>', 'median of a cold start (by runtime and bundle)', number(0, 900_000))
    .option('--init-sigma <n>', 'log-normal spread of cold starts', number(0, 3))
    .option('--timeout-ms <ms>', "the functions' timeout", number(1, 900_000), DEFAULTS.timeoutMs)
    .addOption(
      new Option('--gateway <kind>', 'API Gateway: HTTP API or REST API')
        .choices(['http', 'rest'])
        .default(DEFAULTS.gateway),
    )
    .option(
      '--gateway-rate <n>',
      'requests per second that the gateway lets through',
      number(0.001, 1_000_000),
      DEFAULTS.gatewayRatePerSecond,
    )
    .option(
      '--gateway-burst <n>',
      'requests that it lets through at once',
      whole(1, 1_000_000),
      DEFAULTS.gatewayBurst,
    )
    .option(
      '--gateway-timeout-ms <ms>',
      'how long it waits for a function (30000 as HTTP API, 29000 as REST API)',
      number(1, 900_000),
    )
    .addOption(
      new Option('--gateway-timeout-status <code>', 'what it answers then')
        .choices(['503', '504'])
        .default(String(DEFAULTS.gatewayTimeoutStatus)),
    )
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
    .option('--die-with-parent', 'end when the IPC channel or stdin closes', false);
  return addFaultOptions(addQueueOptions(command))
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride();
}

function logFile(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('It must be a file, or - for stdout.');
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
