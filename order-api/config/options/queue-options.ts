import type { OptionTable } from './option-spec.ts';

export const QUEUE_SWITCH = {
  queue: {
    kind: 'switch',
    flag: '--queue',
    description: 'accept POST /orders/async: SQS, and a function that stores orders in batches',
    default: false,
  },
} as const satisfies OptionTable;

/**
 * Settings of the queue and of its event-source mapping. The defaults are those of AWS, and for `maxReceiveCount` the
 * five receives that AWS recommends for a queue that Lambda reads.
 */
export const QUEUE_OPTIONS = {
  batchSize: {
    kind: 'whole',
    min: 1,
    max: 10_000,
    flag: '--batch-size <n>',
    description: 'most messages of one invocation; more than 10 need a batch window',
    default: 10,
  },
  batchWindowSeconds: {
    kind: 'whole',
    min: 0,
    max: 300,
    flag: '--batch-window-seconds <s>',
    description: 'how long a batch is gathered',
    default: 0,
  },
  maximumConcurrency: {
    kind: 'whole',
    min: 2,
    max: 1000,
    flag: '--max-concurrency <n>',
    description: 'most batches at once',
    default: null,
    defaultText: "Lambda's limit of 1250",
  },
  visibilitySeconds: {
    kind: 'whole',
    min: 0,
    max: 43_200,
    flag: '--visibility-seconds <s>',
    description: 'how long a received message stays hidden',
    default: 30,
  },
  maxReceiveCount: {
    kind: 'whole',
    min: 1,
    max: 1000,
    flag: '--max-receive-count <n>',
    description: 'receives after which a message goes to the dead-letter queue',
    default: 5,
  },
  writeMode: {
    kind: 'choice',
    choices: ['batch', 'conditional'],
    flag: '--write-mode <mode>',
    description: 'how orders are stored: BatchWriteItem, or one conditional put per order',
    default: 'batch',
  },
} as const satisfies OptionTable;
