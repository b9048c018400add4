import { expect, it } from 'vitest';
import { BYTES_PER_VU, vuBytes } from '../../../lib/core/load/vu-bytes.ts';

it('sets memory aside for every VU of a run, and for the four blocks of an ab run that overlap', () => {
  const vus = { preAllocatedVUs: 5, maxVUs: 30 };
  expect(vuBytes(vus)).toEqual({ prepared: 5 * BYTES_PER_VU, most: 30 * BYTES_PER_VU });
  const ab = vuBytes({ ...vus, targetB: 'http://127.0.0.1:1' });
  expect(ab).toEqual({ prepared: 20 * BYTES_PER_VU, most: 120 * BYTES_PER_VU });
});
