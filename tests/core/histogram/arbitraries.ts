import fc from 'fast-check';
import { fromValues } from './from-values.ts';

/** Latencies from 0.1 µs to about 17 minutes, spread over all magnitudes, with zeros among them. */
export const latencyMs = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -4, max: 6, noNaN: true }).map((e) => 10 ** e) },
  { weight: 1, arbitrary: fc.constant(0) },
);

export const latencies = fc.array(latencyMs, { maxLength: 200 });

export const histogram = latencies.map(fromValues);
