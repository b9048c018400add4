import { describe, expect, it } from 'vitest';
import {
  powerTuningComparisonUrl,
  powerTuningUrl,
} from '../../../../lib/core/tune/power/power-tuning-url.ts';
import { parseViewerUrl } from './parse-viewer-url.ts';

/** The example in the README of aws-lambda-power-tuning. */
const README_URL =
  'https://lambda-power-tuning.show/#gAAAAQACAAQABsAL;ZooQR4yvkUa/pQRGRC5zRaADHUVjOftE;QdWhOEMkoziDT5Q4xhiIOMYYiDi6RNc4';

const SIZES = [
  { value: 10_240, averageDuration: 12.5, averagePrice: 0.25 },
  { value: 128, averageDuration: 900.25, averagePrice: 0.5 },
  { value: 512, averageDuration: 0.125, averagePrice: 2 ** -20 },
];
const SORTED = SIZES.toSorted((a, b) => a.value - b.value);

describe('addresses of the viewer', () => {
  it('that the README shows comes back to the byte', () => {
    const [sweep] = parseViewerUrl(README_URL);
    expect(sweep?.sizes.map(({ value }) => value)).toEqual([128, 256, 512, 1024, 1536, 3008]);
    expect(powerTuningUrl(sweep?.sizes ?? [], null)).toBe(README_URL);
  });

  it.each([1, 2, 3])('of %i sizes come back', (count) => {
    const sizes = SORTED.slice(0, count);
    expect(parseViewerUrl(powerTuningUrl(sizes, null))).toEqual([{ name: '', sizes }]);
  });

  it('have the sizes sorted by memory', () => {
    expect(parseViewerUrl(powerTuningUrl(SIZES, null))[0]?.sizes).toEqual(SORTED);
  });

  it('of a comparison come back with their names', () => {
    const sweeps = [
      { name: 'x86; 50% & more', sizes: SORTED },
      { name: 'Größe #2', sizes: SORTED.slice(1) },
    ] as const;
    const url = powerTuningComparisonUrl(...sweeps, null);
    expect(url.slice(url.indexOf('#') + 1).split(';')).toHaveLength(8);
    expect(parseViewerUrl(url)).toEqual(sweeps);
  });

  it('ask for yuan in regions of China', () => {
    expect(powerTuningUrl(SIZES, 'cn-north-1')).toContain('show/?currency=CNY#');
    expect(powerTuningUrl(SIZES, 'eu-west-1')).toContain('show/#');
  });
});
