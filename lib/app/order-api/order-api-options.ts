import { Command, InvalidArgumentError, Option } from 'commander';
import {
  DEFAULT_ORDER_API_CONFIG as DEFAULTS,
  type OrderApiConfig,
} from '../../../order-api/config/order-api-config.ts';
import { number, whole } from '../cli/number-flags.ts';
import { addFaultOptions, type FaultFlags } from './fault-flags.ts';
import { addQueueOptions, type QueueFlags } from './queue-flags.ts';

/** As commander gives them: what is absent has no default of its own. */
export interface OrderApiFlags extends QueueFlags, FaultFlags {
  readonly deployment?: readonly string[];
  readonly deploymentNumber?: number;
  readonly port: number;
  readonly store: 'dynalite' | 'memory';
  readonly dynamodbEndpoint?: string;
  readonly createOrder: OrderApiConfig['createOrder'];
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
  readonly runtime: OrderApiConfig['runtime'];
  readonly arch: OrderApiConfig['architecture'];
  readonly bundle: OrderApiConfig['bundle'];
  readonly initMs?: number;
  readonly initSigma?: number;
  readonly idleSeconds: number;
  readonly timeoutMs: number;
  readonly gateway: OrderApiConfig['gateway'];
  readonly gatewayRate: number;
  readonly gatewayBurst: number;
  readonly gatewayTimeoutMs?: number;
  readonly gatewayTimeoutStatus: string;
  readonly throttleStatus: number;
  readonly seed: number;
  readonly dieWithParent: boolean;
}

/** The command line of `npm run order-api`; a flag that it does not know, or a bad value, throws CommanderError. */
export function createOrderApiCommand(): Command {
  const command = new Command('npm run order-api --')
    .description('Starts the order API on loopback and prints `ready URL` when it takes orders.')
    .option(
      '--deployment <name|file>',
      'options of order-api/deployments/NAME.json; other flags override them; give it again to start several',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addOption(
      new Option('--deployment-number <n>', 'start only this one of them, counted from 1')
        .argParser(whole(1, 100))
        .hideHelp(),
    )
    .option(
      '--port <port>',
      'port on 127.0.0.1, of several deployments the first one; 0 picks free ones',
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
