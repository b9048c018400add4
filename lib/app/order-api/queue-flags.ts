import { type Command, Option } from 'commander';
import {
  DEFAULT_QUEUE_CONFIG as DEFAULTS,
  type QueueConfig,
  queueConfigProblem,
} from '../../../order-api/config/queue-config.ts';
import { UserError } from '../../core/config/user-error.ts';
import { whole } from '../cli/number-flags.ts';

/** As commander gives them; all but `queue` only make sense with it. */
export interface QueueFlags {
  readonly queue: boolean;
  readonly batchSize?: number;
  readonly batchWindowSeconds?: number;
  readonly maxConcurrency?: number;
  readonly visibilitySeconds?: number;
  readonly maxReceiveCount?: number;
  readonly writeMode?: QueueConfig['writeMode'];
}

const NEEDS_QUEUE = [
  ['batchSize', '--batch-size'],
  ['batchWindowSeconds', '--batch-window-seconds'],
  ['maxConcurrency', '--max-concurrency'],
  ['visibilitySeconds', '--visibility-seconds'],
  ['maxReceiveCount', '--max-receive-count'],
  ['writeMode', '--write-mode'],
] as const;

/** Null without `--queue`. Throws UserError on what AWS would refuse; `timeoutMs` is the functions'. */
export function toQueueConfig(flags: QueueFlags, timeoutMs: number): QueueConfig | null {
  if (!flags.queue) {
    const lost = NEEDS_QUEUE.find(([key]) => flags[key] !== undefined);
    if (lost === undefined) return null;
    throw new UserError('E_USAGE', `${lost[1]} says nothing without --queue (see --help)`);
  }
  const config: QueueConfig = {
    batchSize: flags.batchSize ?? DEFAULTS.batchSize,
    batchWindowSeconds: flags.batchWindowSeconds ?? DEFAULTS.batchWindowSeconds,
    maximumConcurrency: flags.maxConcurrency ?? DEFAULTS.maximumConcurrency,
    visibilitySeconds: flags.visibilitySeconds ?? DEFAULTS.visibilitySeconds,
    maxReceiveCount: flags.maxReceiveCount ?? DEFAULTS.maxReceiveCount,
    writeMode: flags.writeMode ?? DEFAULTS.writeMode,
  };
  const problem = queueConfigProblem(config, timeoutMs);
  if (problem !== null) throw new UserError('E_USAGE', `${problem} (see --help)`);
  return config;
}

export function addQueueOptions(command: Command): Command {
  return command
    .option('--queue', 'take POST /orders/async: SQS, and a function that stores in batches', false)
    .option(
      '--batch-size <n>',
      `most messages of one invocation (${DEFAULTS.batchSize}); more than 10 need a window`,
      whole(1, 10_000),
    )
    .option(
      '--batch-window-seconds <s>',
      `how long a batch is gathered (${DEFAULTS.batchWindowSeconds})`,
      whole(0, 300),
    )
    .option('--max-concurrency <n>', 'most batches at once (up to 1250)', whole(2, 1000))
    .option(
      '--visibility-seconds <s>',
      `how long a received message stays hidden (${DEFAULTS.visibilitySeconds})`,
      whole(0, 43_200),
    )
    .option(
      '--max-receive-count <n>',
      `receives before the dead-letter queue (${DEFAULTS.maxReceiveCount})`,
      whole(1, 1000),
    )
    .addOption(
      new Option(
        '--write-mode <mode>',
        `BatchWriteItem, or one conditional put per order (${DEFAULTS.writeMode})`,
      ).choices(['batch', 'conditional']),
    );
}
