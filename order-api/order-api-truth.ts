import type { FaultCounts } from './faults/fault-model.ts';
import type { GroundTruth } from './lambda/ground-truth.ts';
import type { QueueTruth } from './queue/queue-path.ts';

/** The body of `GET /__truth`. */
export interface OrderApiTruth extends GroundTruth {
  /** Null without a queue. */
  readonly queue: QueueTruth | null;
  /** Faults that were injected; null if none were switched on. */
  readonly faults: FaultCounts | null;
}
