import type { MappingSettings } from '../config/queue-config.ts';

/** A mapping starts with five concurrent batches, and returns to five when traffic is low. */
const INITIAL_POLLERS = 5;
const MAX_POLLERS = 1250;
const ADDED_PER_MINUTE = 300;
/** Each provisioned poller has up to ten batches at once; together they grow by 1,000 batches a minute. */
const BATCHES_OF_PROVISIONED_POLLER = 10;
const PROVISIONED_ADDED_PER_MINUTE = 1000;

export interface PollerScaling {
  /**
   * Call it about once a second, with whether messages wait in the queue. Returns how many pollers may run from now on.
   */
  observe(messagesAvailable: boolean): number;
  /** A poller found the queue empty; returns whether it should end. */
  releaseIdle(): boolean;
  allowed(): number;
}

/**
 * Limits how many batches a mapping processes at once: while messages are available, 300 more per minute, up to 1,250
 * or the mapping's maximum concurrency (services-sqs-scaling in AWS's developer guide). Provisioned pollers set both
 * ends themselves. AWS does not document how fast it scales back: here a poller above the first five, or above the
 * provisioned minimum, ends after an empty poll.
 */
export function createPollerScaling(
  settings: Pick<MappingSettings, 'maximumConcurrency' | 'pollers'>,
  nowMs: () => number,
): PollerScaling {
  const { floor, ceiling, addedPerMinute } = limitsOf(settings);
  let capacity = floor;
  let observedMs = nowMs();
  // Fractions of a poller add up; the epsilon corrects rounding errors just below a whole number.
  const allowed = () => Math.floor(capacity + 1e-9);
  return {
    observe(messagesAvailable) {
      const elapsedMs = nowMs() - observedMs;
      observedMs += elapsedMs;
      if (messagesAvailable) {
        capacity = Math.min(ceiling, capacity + (elapsedMs * addedPerMinute) / 60_000);
      }
      return allowed();
    },
    releaseIdle() {
      if (allowed() <= floor) return false;
      capacity = allowed() - 1;
      return true;
    },
    allowed,
  };
}

function limitsOf({
  maximumConcurrency,
  pollers = null,
}: Pick<MappingSettings, 'maximumConcurrency' | 'pollers'>) {
  if (pollers !== null) {
    return {
      floor: pollers.minimum * BATCHES_OF_PROVISIONED_POLLER,
      ceiling: pollers.maximum * BATCHES_OF_PROVISIONED_POLLER,
      addedPerMinute: PROVISIONED_ADDED_PER_MINUTE,
    };
  }
  const ceiling = Math.min(maximumConcurrency ?? MAX_POLLERS, MAX_POLLERS);
  return {
    floor: Math.min(INITIAL_POLLERS, ceiling),
    ceiling,
    addedPerMinute: ADDED_PER_MINUTE,
  };
}
