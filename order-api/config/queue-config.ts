import type { OptionValues } from './options/option-spec.ts';
import type { QUEUE_OPTIONS } from './options/queue-options.ts';

/** How orders go through the queue: settings of the queue and of its event-source mapping. */
export type QueueConfig = OptionValues<typeof QUEUE_OPTIONS>;

/** Settings of an event-source mapping. */
export interface MappingSettings
  extends Pick<QueueConfig, 'batchSize' | 'batchWindowSeconds' | 'maximumConcurrency'> {
  /** Provisioned pollers, by default none. They exclude a maximum concurrency. */
  readonly pollers?: { readonly minimum: number; readonly maximum: number } | null;
}

/** Most messages that one ReceiveMessage call returns; a larger batch takes several calls. */
export const RECEIVE_LIMIT = 10;
/** SQS's limit for the entries of a batch request, such as DeleteMessageBatch. */
export const ENTRY_LIMIT = 10;

/** Why AWS would refuse these settings, in one line; null if it would not. `timeoutMs` is the function's. */
export function queueConfigProblem(config: QueueConfig, timeoutMs: number): string | null {
  const problem = batchProblem(config);
  if (problem !== null) return problem;
  if (config.visibilitySeconds * 1000 < timeoutMs) {
    return `a visibility timeout of ${config.visibilitySeconds} s is shorter than the functions' timeout of ${timeoutMs / 1000} s, which AWS refuses: raise --visibility-seconds or lower --timeout-ms`;
  }
  return null;
}

/** Why AWS would refuse this batch size with this window, in one line; null if it would not. */
export function batchProblem({
  batchSize,
  batchWindowSeconds,
}: Pick<QueueConfig, 'batchSize' | 'batchWindowSeconds'>): string | null {
  if (batchSize <= RECEIVE_LIMIT || batchWindowSeconds >= 1) return null;
  return `a batch size of ${batchSize} needs a batch window of 1 second or more (AWS refuses more than ${RECEIVE_LIMIT} without one)`;
}

/** A warning in one line about settings that AWS accepts but that deliver messages twice, or null. */
export function queueConfigWarning(config: QueueConfig): string | null {
  if (config.visibilitySeconds > config.batchWindowSeconds) return null;
  return `messages reappear after ${config.visibilitySeconds} s, while a batch may still be gathering for ${config.batchWindowSeconds} s: orders will be delivered twice`;
}
