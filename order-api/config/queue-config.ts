/** How orders go through the queue: the queue's own settings and those of its event-source mapping. */
export interface QueueConfig {
  /** Most messages of one invocation, 1 to 10,000. */
  readonly batchSize: number;
  /** How long a batch is gathered, 0 to 300 s. */
  readonly batchWindowSeconds: number;
  /** Most batches at once, 2 to 1,000, or null for Lambda's own limit. */
  readonly maximumConcurrency: number | null;
  /** How long a received message stays hidden. */
  readonly visibilitySeconds: number;
  /** Receives after which a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** How the writer stores: BatchWriteItem, or one conditional put per order. */
  readonly writeMode: 'batch' | 'conditional';
}

/** AWS's defaults; five receives as AWS advises for a queue that Lambda reads. */
export const DEFAULT_QUEUE_CONFIG: QueueConfig = {
  batchSize: 10,
  batchWindowSeconds: 0,
  maximumConcurrency: null,
  visibilitySeconds: 30,
  maxReceiveCount: 5,
  writeMode: 'batch',
};

/** What one ReceiveMessage call gives at most; larger batches are gathered from several calls. */
export const RECEIVE_LIMIT = 10;

/** One line on what AWS refuses in these settings, or null. `timeoutMs` is the function's. */
export function queueConfigProblem(config: QueueConfig, timeoutMs: number): string | null {
  if (config.batchSize > RECEIVE_LIMIT && config.batchWindowSeconds < 1) {
    return `a batch size of ${config.batchSize} needs a batch window of 1 second or more (AWS refuses more than ${RECEIVE_LIMIT} without one)`;
  }
  if (config.visibilitySeconds * 1000 < timeoutMs) {
    return `a visibility timeout of ${config.visibilitySeconds} s is shorter than the functions' timeout of ${timeoutMs / 1000} s, which AWS refuses: raise the one or lower the other`;
  }
  return null;
}

/** One line on what AWS allows but what delivers messages twice, or null. */
export function queueConfigWarning(config: QueueConfig): string | null {
  if (config.visibilitySeconds > config.batchWindowSeconds) return null;
  return `messages reappear after ${config.visibilitySeconds} s, while a batch may still be gathering for ${config.batchWindowSeconds} s: orders will be delivered twice`;
}
