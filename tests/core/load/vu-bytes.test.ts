import { expect, it } from 'vitest';
import { BYTES_PER_VU, vuBytes } from '../../../lib/core/load/vu-bytes.ts';

it('sets memory aside for every VU of a run, and for the four blocks of an ab run that overlap', () => {
  expect(vuBytes({ maxVUs: 30 })).toBe(30 * BYTES_PER_VU);
  expect(vuBytes({ maxVUs: 30, targetB: 'http://127.0.0.1:1' })).toBe(120 * BYTES_PER_VU);
});
