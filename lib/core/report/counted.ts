import type { Histogram } from '../histogram/histogram.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';

/** Orders of a step or a window. */
export interface Counted {
  readonly started: number;
  readonly outcomes: OutcomeCounts;
  /** Latency in ms of created and duplicate orders. */
  readonly success: Histogram;
}
