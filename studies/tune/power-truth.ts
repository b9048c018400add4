import { mean, quantileSorted } from 'simple-statistics';
import { lambdaCostUsd } from '../../lib/core/cost/lambda-cost.ts';
import type { PowerCell } from '../../lib/core/tune/power/power-cell.ts';
import { trimmedMean } from '../../lib/core/tune/power/trimmed-mean.ts';
import { seededRandom } from '../../order-api/lambda/random.ts';
import { drawDurationMs, type Mix, type Noise } from './simulated-sweep.ts';

/** What a sweep estimates, from so many calls without drift that the rest of their noise does not matter. */
export interface SizeTruth {
  readonly durationMs: number;
  readonly p95Ms: number;
  readonly costPerMillionUsd: number;
}

const CALLS = 100_000;

export function sizeTruth(mix: Mix, noise: Noise, cell: PowerCell): SizeTruth {
  const random = seededRandom(1);
  const durations = Array.from({ length: CALLS }, () => {
    const ms = drawDurationMs(mix, noise, cell, random);
    return Math.round(100 * ms) / 100;
  });
  const billedMs = mean(durations.map(Math.ceil));
  const { memoryMb, architecture } = cell;
  return {
    durationMs: trimmedMean(durations, 0.2).mean,
    p95Ms: quantileSorted(
      durations.toSorted((a, b) => a - b),
      0.95,
    ),
    costPerMillionUsd: lambdaCostUsd({
      invocations: 1e6,
      gbSeconds: (1e6 * billedMs * memoryMb) / 1024 / 1000,
      architecture,
    }),
  };
}
