import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { highestOfAll, runningSums } from '../../lib/core/trend/changes/mean-scan.ts';
import { noiseScale, winsorised } from '../../lib/core/trend/changes/noise-scale.ts';
import { seededRandom } from '../../order-api/lambda/random.ts';
import { normalNoise } from './run-noise.ts';

/**
 * Writes lib/core/compare/changes/scan-quantiles.ts: for each length, the value that the highest split of a series
 * without a change exceeds in 5% of series. The noise is scaled and winsorised like that of a real series, since both
 * affect the tail. The same seed gives the same table.
 */
const LENGTHS = [
  10, 11, 12, 13, 14, 15, 17, 20, 25, 30, 40, 60, 90, 130, 200, 350, 600, 1000, 2000,
];
const SERIES = 40_000;
const SERIES_OF_LONG = 10_000;
const QUANTILE = 0.95;

const rows = LENGTHS.map((length) => {
  const random = seededRandom(length);
  const series = length > 300 ? SERIES_OF_LONG : SERIES;
  const heights = new Float64Array(series);
  for (let i = 0; i < series; i += 1) {
    const values = normalNoise(random, length);
    const scale = noiseScale(values);
    heights[i] = highestOfAll(runningSums(winsorised(values, scale))) / scale;
  }
  heights.sort();
  const value = heights[Math.floor(QUANTILE * series)] as number;
  console.log(`${length}: ${value.toFixed(3)}`);
  return `  [${length}, ${value.toFixed(3)}],`;
});

const text = `/** Length of a series, and the highest split that 95% of series without a change stay below. Written by studies/trend/scan-quantiles.ts. */
export const SCAN_QUANTILES: readonly [readonly [number, number], ...(readonly [number, number])[]] = [
${rows.join('\n')}
];
`;
await writeFile(
  join(import.meta.dirname, '../../lib/core/compare/changes/scan-quantiles.ts'),
  text,
);
