import { expect, it } from 'vitest';
import { heapBytes } from '../../../lib/core/load/heap-bytes.ts';

const stages = [{ name: 'steady', durationSeconds: 10, fromRate: 200, toRate: 200 }];
const plan = { preAllocatedVUs: 1000, maxVUs: 10_000, scenario: 'steady', stages, retryRatio: 0 };
const lean = { exact: false };

it('is what all VUs may take', () => {
  expect(heapBytes(plan, lean)).toBe(10e9);
});

it('has room for the samples that k6 keeps for exact percentiles', () => {
  expect(heapBytes({ ...plan, retryRatio: 0.5 }, { exact: true })).toBe(10e9 + 3000 * 1000);
});

it('is less for a soak, which would hold it for hours, but never more than all VUs take', () => {
  const soak = { ...plan, scenario: 'soak' };
  expect(heapBytes(soak, lean)).toBe(1e9 + 2 * 2 ** 30);
  expect(heapBytes({ ...soak, maxVUs: 1200 }, lean)).toBe(1.2e9);
});
