import { expect, it } from 'vitest';
import { heapBytes } from '../../../lib/core/load/heap-bytes.ts';

const vus = { preAllocatedVUs: 1000, maxVUs: 10_000 };

it('is what all VUs may take', () => {
  expect(heapBytes({ ...vus, scenario: 'steady' })).toBe(10e9);
});

it('is less for a soak, which would hold it for hours, but never more than all VUs take', () => {
  expect(heapBytes({ ...vus, scenario: 'soak' })).toBe(1e9 + 2 * 2 ** 30);
  expect(heapBytes({ ...vus, maxVUs: 1200, scenario: 'soak' })).toBe(1.2e9);
});
