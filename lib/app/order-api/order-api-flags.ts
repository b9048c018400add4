import { type Command, CommanderError } from 'commander';
import { START_OPTIONS } from '../../../order-api/config/options/start-options.ts';
import { STORE_OPTIONS } from '../../../order-api/config/options/store-options.ts';
import type { OrderApiConfig } from '../../../order-api/config/order-api-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { createOrderApiCommand, readValues } from './order-api-command.ts';
import { orderApiConfigFromFlags } from './order-api-config-from-flags.ts';
import { readDeployment } from './read-deployment.ts';

export interface OrderApiCommand {
  /** Name or file; null if only flags were given. */
  readonly deployment: string | null;
  readonly config: OrderApiConfig;
  /** End when the IPC channel closes, or stdin if there is no channel. */
  readonly dieWithParent: boolean;
  /** Let its settings be changed while it runs. */
  readonly control: boolean;
}

const HIGHEST_PORT = 65_535;

/**
 * Does what `parseOrderApiCommands` does, for a single order API.
 * @throws UserError E_USAGE (exit 2) on several deployments.
 */
export function parseOrderApiFlags(argv: readonly string[]): OrderApiCommand | null {
  const commands = parseOrderApiCommands(argv);
  if (commands === null) return null;
  const [command, ...others] = commands;
  if (command !== undefined && others.length === 0) return command;
  throw new UserError('E_USAGE', 'only one --deployment can be started here');
}

/**
 * Reads the flags of `npm run order-api`: one order API for each `--deployment`, or one if there is none. Null after
 * help was printed.
 * @throws UserError (exit 2) on bad flags, and on a deployment that cannot be read or started.
 */
export function parseOrderApiCommands(argv: readonly string[]): readonly OrderApiCommand[] | null {
  try {
    const command = parseFlags(argv);
    const { deployment: deployments } = readValues(command, START_OPTIONS);
    if (deployments === null) return [toOrderApiCommand(command, null)];
    // If a flag is given twice, the last one counts.
    const commands = deployments.map((deployment) =>
      toOrderApiCommand(parseFlags([...deployedFlags(deployment), ...argv]), deployment),
    );
    return placeCommands(commands, command);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UserError('E_USAGE', `${oneLine(error)} (see --help)`);
  }
}

/** Gives each its port, and refuses deployments that cannot run side by side. */
function placeCommands(
  commands: readonly OrderApiCommand[],
  command: Command,
): readonly OrderApiCommand[] {
  if (commands.length === 1) return commands;
  const { port, logs, deploymentNumber } = readValues(command, START_OPTIONS);
  const { dynamodbEndpoint } = readValues(command, STORE_OPTIONS);
  const many = `${commands.length} deployments`;
  const refuse = (why: string) => new UserError('E_USAGE', `${why} (see --help)`);
  if (logs !== null) {
    throw refuse(`--logs is a single file, but there are ${many}: start them one at a time`);
  }
  if (dynamodbEndpoint !== null) {
    throw refuse(
      `--dynamodb-endpoint is a single table: each of ${many} would find the orders of the others, so leave it out`,
    );
  }
  if (port + commands.length - 1 > HIGHEST_PORT) {
    throw refuse(`--port ${port} leaves no ports for ${many}: choose a lower one`);
  }
  const placed = commands.map((unplaced, index) => ({
    ...unplaced,
    config: { ...unplaced.config, port: port === 0 ? 0 : port + index },
  }));
  return deploymentNumber === null ? placed : placed.slice(deploymentNumber - 1, deploymentNumber);
}

/** The flags of a deployment, which must be valid without any others. */
function deployedFlags(deployment: string): readonly string[] {
  const flags = readDeployment(deployment);
  try {
    orderApiConfigFromFlags(parseFlags(flags));
    return flags;
  } catch (error) {
    if (!(error instanceof CommanderError || error instanceof UserError)) throw error;
    throw new UserError('E_DEPLOYMENT', `--deployment ${deployment}: ${oneLine(error)}`);
  }
}

function parseFlags(argv: readonly string[]): Command {
  return createOrderApiCommand().parse(argv, { from: 'user' });
}

function toOrderApiCommand(command: Command, deployment: string | null): OrderApiCommand {
  const { dieWithParent, control } = readValues(command, START_OPTIONS);
  return { deployment, config: orderApiConfigFromFlags(command), dieWithParent, control };
}

function oneLine({ message }: Error): string {
  return message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
}
