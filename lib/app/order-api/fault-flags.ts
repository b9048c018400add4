import type { Command } from 'commander';
import {
  type FaultConfig,
  faultConfigProblem,
  NO_FAULTS,
} from '../../../order-api/config/fault-config.ts';
import type { QueueConfig } from '../../../order-api/config/queue-config.ts';
import { UserError } from '../../core/config/user-error.ts';
import { number } from '../cli/number-flags.ts';

/** The names of the flags are those of the config. */
export type FaultFlags = FaultConfig;

/** Throws UserError on faults that make no sense together, or without a queue. */
export function toFaultConfig(flags: FaultFlags, queue: QueueConfig | null): FaultConfig {
  const { slower, driftPercentPerHour, leakMbPerHour, storeLatencyMs, storeErrorRatio } = flags;
  const { storeThrottleRatio, dropResponseRatio, killEnvironmentRatio } = flags;
  const { duplicateDeliveryRatio, poisonRatio } = flags;
  const config: FaultConfig = {
    ...{ slower, driftPercentPerHour, leakMbPerHour, storeLatencyMs, storeErrorRatio },
    ...{ storeThrottleRatio, dropResponseRatio, killEnvironmentRatio },
    ...{ duplicateDeliveryRatio, poisonRatio },
  };
  const problem = faultConfigProblem(config, queue);
  if (problem !== null) throw new UserError('E_USAGE', `${problem} (see --help)`);
  return config;
}

export function addFaultOptions(command: Command): Command {
  const ratio = number(0, 1);
  return command
    .option(
      '--slower <factor>',
      'fault: modelled durations take this many times as long',
      number(0.01, 1000),
      NO_FAULTS.slower,
    )
    .option(
      '--drift-percent-per-hour <n>',
      'fault: they grow by so much of themselves in an hour',
      number(0, 10_000_000),
      NO_FAULTS.driftPercentPerHour,
    )
    .option(
      '--leak-mb-per-hour <n>',
      'fault: environments use so much more memory in an hour, and are killed at their limit',
      number(0, 10_000_000),
      NO_FAULTS.leakMbPerHour,
    )
    .option(
      '--store-latency-ms <ms>',
      'fault: every call of the store takes longer',
      number(0, 900_000),
      NO_FAULTS.storeLatencyMs,
    )
    .option(
      '--store-error-ratio <share>',
      'fault: calls of the store that fail',
      ratio,
      NO_FAULTS.storeErrorRatio,
    )
    .option(
      '--store-throttle-ratio <share>',
      'fault: calls of the store that DynamoDB throttles',
      ratio,
      NO_FAULTS.storeThrottleRatio,
    )
    .option(
      '--drop-response-ratio <share>',
      'fault: orders that are taken while the answer is lost',
      ratio,
      NO_FAULTS.dropResponseRatio,
    )
    .option(
      '--kill-environment-ratio <share>',
      'fault: invocations whose environment is killed, half of them after their work',
      ratio,
      NO_FAULTS.killEnvironmentRatio,
    )
    .option(
      '--duplicate-delivery-ratio <share>',
      'fault: queued messages that are delivered again after they were processed',
      ratio,
      NO_FAULTS.duplicateDeliveryRatio,
    )
    .option(
      '--poison-ratio <share>',
      'fault: messages without an order, for each queued order',
      ratio,
      NO_FAULTS.poisonRatio,
    );
}
