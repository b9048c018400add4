/** A mapping starts with five concurrent batches, and returns to five when traffic is low. */
const INITIAL_POLLERS = 5;
const MAX_POLLERS = 1250;
const ADDED_PER_MINUTE = 300;

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
 * or the mapping's maximum concurrency (services-sqs-scaling in AWS's developer guide). AWS does not document how fast
 * it scales back: here a poller above the first five ends after an empty poll.
 */
export function createPollerScaling(
  maximumConcurrency: number | null,
  nowMs: () => number,
): PollerScaling {
  const ceiling = Math.min(maximumConcurrency ?? MAX_POLLERS, MAX_POLLERS);
  const floor = Math.min(INITIAL_POLLERS, ceiling);
  let capacity = floor;
  let observedMs = nowMs();
  // Fractions of a poller add up; the epsilon corrects rounding errors just below a whole number.
  const allowed = () => Math.floor(capacity + 1e-9);
  return {
    observe(messagesAvailable) {
      const elapsedMs = nowMs() - observedMs;
      observedMs += elapsedMs;
      if (messagesAvailable) {
        capacity = Math.min(ceiling, capacity + (elapsedMs * ADDED_PER_MINUTE) / 60_000);
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
