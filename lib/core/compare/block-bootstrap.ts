import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { standardDeviation } from 'simple-statistics';
import { logValueAt, type WindowSketch } from './window-sketch.ts';

export const RESAMPLES = 1000;
/** Any number will do; a fixed one makes comparisons repeatable. */
const SEED = 20_260_101;

/** Number of neighbouring windows that are drawn together, such as 8 of 60. */
export function blockLength(windows: number): number {
  return Math.min(windows, Math.ceil(2 * Math.cbrt(windows)));
}

/**
 * Standard errors of the logarithms of quantiles, from the noise within a run, without the noise from run to
 * run. Computed by a circular block bootstrap over the windows: neighbouring windows are alike, so blocks of
 * them are drawn.
 *
 * Cumulated sums of every block are computed once, so a resample takes a search for each quantile instead of
 * a sum over all windows.
 *
 * Source: D. N. Politis, J. P. Romano, A circular block-resampling procedure for stationary data, in
 * Exploring the Limits of Bootstrap, Wiley 1992.
 */
export function bootstrapLogSe(sketch: WindowSketch, quantiles: readonly number[]): number[] {
  const { windows, bins } = sketch;
  const length = blockLength(windows);
  const blocks = Math.ceil(windows / length);
  const rest = windows - (blocks - 1) * length;
  const full = cumulatedBlocks(sketch, length);
  const last = rest === length ? full : cumulatedBlocks(sketch, rest);
  const random = xoroshiro128plus(SEED);
  const rows = new Int32Array(blocks);
  const samples = quantiles.map(() => new Float64Array(RESAMPLES));
  /** Number of observations of the drawn blocks in columns 0 to `bin`. */
  const upTo = (bin: number): number => {
    let sum = last[(rows[blocks - 1] as number) + bin] as number;
    for (let block = 0; block < blocks - 1; block++) {
      sum += full[(rows[block] as number) + bin] as number;
    }
    return sum;
  };
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let block = 0; block < blocks; block++) {
      rows[block] = uniformInt(random, 0, windows - 1) * bins;
    }
    const total = upTo(bins - 1);
    quantiles.forEach((q, position) => {
      const at = positionOf(q * total, bins, upTo);
      (samples[position] as Float64Array)[resample] = logValueAt(sketch, at);
    });
  }
  return samples.map((sample) => standardDeviation([...sample]));
}

function positionOf(target: number, bins: number, upTo: (bin: number) => number): number {
  let low = 0;
  let high = bins - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo(middle) >= target) high = middle;
    else low = middle + 1;
  }
  const below = low === 0 ? 0 : upTo(low - 1);
  const inside = upTo(low) - below;
  return low + (inside === 0 ? 0 : (target - below) / inside);
}

/**
 * Row `w`: counts of the windows w to w + length − 1 (in a circle), cumulated over the columns. Counts are
 * whole numbers, so each block's sums follow exactly from the previous block's.
 */
function cumulatedBlocks({ windows, bins, counts }: WindowSketch, length: number): Float64Array {
  const cumulated = new Float64Array(windows * bins);
  const block = new Float64Array(bins);
  for (let window = 0; window < length; window++) {
    for (let bin = 0; bin < bins; bin++) {
      block[bin] = (block[bin] as number) + (counts[window * bins + bin] as number);
    }
  }
  for (let start = 0; start < windows; start++) {
    const leaving = start * bins;
    const coming = ((start + length) % windows) * bins;
    let below = 0;
    for (let bin = 0; bin < bins; bin++) {
      below += block[bin] as number;
      cumulated[leaving + bin] = below;
      block[bin] =
        (block[bin] as number) -
        (counts[leaving + bin] as number) +
        (counts[coming + bin] as number);
    }
  }
  return cumulated;
}
