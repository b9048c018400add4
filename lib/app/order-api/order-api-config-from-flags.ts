import type { Command } from 'commander';
import { type FaultConfig, faultConfigProblem } from '../../../order-api/config/fault-config.ts';
import { FAULT_OPTIONS } from '../../../order-api/config/options/fault-options.ts';
import { FUNCTION_OPTIONS } from '../../../order-api/config/options/function-options.ts';
import { GATEWAY_OPTIONS } from '../../../order-api/config/options/gateway-options.ts';
import { flagName } from '../../../order-api/config/options/option-spec.ts';
import { QUEUE_OPTIONS, QUEUE_SWITCH } from '../../../order-api/config/options/queue-options.ts';
import { START_OPTIONS } from '../../../order-api/config/options/start-options.ts';
import { STORE_OPTIONS } from '../../../order-api/config/options/store-options.ts';
import {
  concurrencyProblem,
  type LogConfig,
  type OrderApiConfig,
  type StoreChoice,
} from '../../../order-api/config/order-api-config.ts';
import { type QueueConfig, queueConfigProblem } from '../../../order-api/config/queue-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { isGiven, readValues } from './order-api-command.ts';

/**
 * Turns a command line into the config of an order API.
 * @throws UserError E_USAGE (exit 2) if its options contradict each other, or AWS would refuse them.
 */
export function orderApiConfigFromFlags(command: Command): OrderApiConfig {
  const { seed, ...functions } = readValues(command, FUNCTION_OPTIONS);
  const queue = queueConfig(command, functions.timeoutMs);
  refuse(concurrencyProblem(functions));
  // Keep this order: a run's config hash is computed from this JSON, and runs are compared by it.
  return {
    port: readValues(command, START_OPTIONS).port,
    store: storeChoice(command),
    createOrder: readValues(command, STORE_OPTIONS).createOrder,
    logs: logConfig(command),
    ...functions,
    ...readValues(command, GATEWAY_OPTIONS),
    queue,
    faults: faultConfig(command, queue),
    seed,
  };
}

function storeChoice(command: Command): StoreChoice {
  const { store, dynamodbEndpoint } = readValues(command, STORE_OPTIONS);
  return dynamodbEndpoint === null ? { kind: store } : { kind: 'endpoint', url: dynamodbEndpoint };
}

function logConfig(command: Command): LogConfig | null {
  const { logs, logFormat } = readValues(command, START_OPTIONS);
  if (logs !== null) return { path: logs, format: logFormat };
  const isFormatGiven = isGiven(command, START_OPTIONS.logFormat);
  refuse(isFormatGiven ? '--log-format has no effect without --logs' : null);
  return null;
}

function queueConfig(command: Command, timeoutMs: number): QueueConfig | null {
  if (!readValues(command, QUEUE_SWITCH).queue) {
    const lost = Object.values(QUEUE_OPTIONS).find((spec) => isGiven(command, spec));
    refuse(lost === undefined ? null : `${flagName(lost)} has no effect without --queue`);
    return null;
  }
  const config = readValues(command, QUEUE_OPTIONS);
  refuse(queueConfigProblem(config, timeoutMs));
  return config;
}

function faultConfig(command: Command, queue: QueueConfig | null): FaultConfig {
  const config = readValues(command, FAULT_OPTIONS);
  refuse(faultConfigProblem(config, queue));
  return config;
}

function refuse(problem: string | null): void {
  if (problem !== null) throw new UserError('E_USAGE', `${problem} (see --help)`);
}
