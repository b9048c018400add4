import { CommanderError } from 'commander';
import {
  concurrencyProblem,
  DEFAULT_ORDER_API_CONFIG as DEFAULTS,
  type OrderApiConfig,
} from '../../../order-api/config/order-api-config.ts';
import { UserError } from '../../core/config/user-error.ts';
import { toFaultConfig } from './fault-flags.ts';
import { createOrderApiCommand, type OrderApiFlags } from './order-api-options.ts';
import { toQueueConfig } from './queue-flags.ts';
import { readDeployment } from './read-deployment.ts';

export interface OrderApiCommand {
  /** Name or file; null for the flags alone. */
  readonly deployment: string | null;
  readonly config: OrderApiConfig;
  /** End when the IPC channel, or without one stdin, closes. */
  readonly dieWithParent: boolean;
}

const HIGHEST_PORT = 65_535;

/** `parseOrderApiCommands` where there is to be one; throws UserError on several deployments. */
export function parseOrderApiFlags(argv: readonly string[]): OrderApiCommand | null {
  const commands = parseOrderApiCommands(argv);
  if (commands === null) return null;
  const [command, ...others] = commands;
  if (command !== undefined && others.length === 0) return command;
  throw new UserError('E_USAGE', 'one --deployment at a time can be started here');
}

/**
 * Reads the flags of `npm run order-api`, which start an order API for every `--deployment`: one without any.
 * Null after help was printed; throws UserError on bad flags.
 */
export function parseOrderApiCommands(argv: readonly string[]): readonly OrderApiCommand[] | null {
  try {
    const flags = parseFlags(argv);
    const { deployment: deployments } = flags;
    if (deployments === undefined) return [toCommand(flags, null)];
    // Of a flag that is given twice the last one counts.
    const commands = deployments.map((deployment) =>
      toCommand(parseFlags([...deployedFlags(deployment), ...argv]), deployment),
    );
    return select(commands, flags);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UserError('E_USAGE', `${oneLine(error)} (see --help)`);
  }
}

/** Those to be started here, once it is clear that all of them can stand side by side. */
function select(
  commands: readonly OrderApiCommand[],
  { port, logs, dynamodbEndpoint, deploymentNumber }: OrderApiFlags,
): readonly OrderApiCommand[] {
  if (commands.length === 1) return commands;
  const many = `${commands.length} deployments`;
  const refuse = (why: string) => new UserError('E_USAGE', `${why} (see --help)`);
  if (logs !== undefined) {
    throw refuse(`--logs is one file for ${many}: start one of them at a time`);
  }
  if (dynamodbEndpoint !== undefined) {
    throw refuse(
      `--dynamodb-endpoint is one table for ${many}, each would find the orders of the others: leave it out`,
    );
  }
  if (port + commands.length - 1 > HIGHEST_PORT) {
    throw refuse(`--port ${port} leaves no ports for ${many}: choose a lower one`);
  }
  const placed = commands.map((command, index) => ({
    ...command,
    config: { ...command.config, port: port === 0 ? 0 : port + index },
  }));
  return deploymentNumber === undefined
    ? placed
    : placed.slice(deploymentNumber - 1, deploymentNumber);
}

/** The flags of a deployment, which have to make sense without any others. */
function deployedFlags(deployment: string): readonly string[] {
  const flags = readDeployment(deployment);
  try {
    toCommand(parseFlags(flags), deployment);
    return flags;
  } catch (error) {
    if (!(error instanceof CommanderError || error instanceof UserError)) throw error;
    throw new UserError('E_DEPLOYMENT', `--deployment ${deployment}: ${oneLine(error)}`);
  }
}

function parseFlags(argv: readonly string[]): OrderApiFlags {
  return createOrderApiCommand().parse(argv, { from: 'user' }).opts<OrderApiFlags>();
}

function oneLine({ message }: Error): string {
  return message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
}

function toCommand(flags: OrderApiFlags, deployment: string | null): OrderApiCommand {
  const queue = toQueueConfig(flags, flags.timeoutMs);
  const config: OrderApiConfig = {
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
  return { deployment, config, dieWithParent: flags.dieWithParent };
}

function toLogConfig({ logs, logFormat }: OrderApiFlags): OrderApiConfig['logs'] {
  if (logs !== undefined) return { path: logs, format: logFormat ?? 'text' };
  if (logFormat === undefined) return null;
  throw new UserError('E_USAGE', '--log-format says nothing without --logs (see --help)');
}
