import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BYTES_PER_VU } from '../../../lib/core/load/vu-bytes.ts';
import { type VuDemand, vusForRate } from '../../../lib/core/load/vus.ts';

const DEMAND: VuDemand = {
  peakPerSecond: 150,
  slo: { successRatio: 0.99, p95Ms: 1000 },
  requestTimeoutMs: 5000,
  retryRatio: 0,
  maxVUs: null,
  freeMemoryBytes: null,
};

it('takes rate × SLO to begin with, and rate × timeout as the ceiling', () => {
  expect(vusForRate(DEMAND)).toEqual({
    preAllocatedVUs: 150 + 5,
    maxVUs: 750 + 5,
    littleBoundVUs: 750 + 5,
    notes: [],
  });
});

it('has a VU for each order that is sent again at the same time, and for four deviations more of them', () => {
  expect(vusForRate({ ...DEMAND, retryRatio: 1 })).toMatchObject({
    preAllocatedVUs: 2 * 150 + 5,
    littleBoundVUs: 2 * 750 + 5,
  });
  // 750 × 0.2 = 150, and 4 × √(750 × 0.2 × 0.8) = 43.8
  expect(vusForRate({ ...DEMAND, retryRatio: 0.2 }).littleBoundVUs).toBe(750 + 194 + 5);
});

it('obeys --max-vus, keeps the bound, and says what that means', () => {
  const { notes, ...vus } = vusForRate({ ...DEMAND, maxVUs: 10 });
  expect(vus).toEqual({ preAllocatedVUs: 10, maxVUs: 10, littleBoundVUs: 755 });
  expect(notes).toEqual([expect.stringContaining('--max-vus')]);
});

it('takes no more than --max-vus even where the bound is lower', () => {
  expect(vusForRate({ ...DEMAND, maxVUs: 10_000 })).toMatchObject({ maxVUs: 755, notes: [] });
});

it('takes half of the free memory at most, and says so', () => {
  const { maxVUs, notes } = vusForRate({ ...DEMAND, freeMemoryBytes: 200 * BYTES_PER_VU });
  expect(maxVUs).toBe(100);
  expect(notes).toEqual([expect.stringContaining('memory')]);
});

it('never gives k6 fewer than one VU or a ceiling below the pre-allocation', () => {
  const demand = fc.record({
    peakPerSecond: fc.double({ min: 0.01, max: 100_000, noNaN: true }),
    slo: fc.record({
      successRatio: fc.constant(0.99),
      p95Ms: fc.integer({ min: 1, max: 900_000 }),
    }),
    requestTimeoutMs: fc.integer({ min: 1, max: 900_000 }),
    retryRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    maxVUs: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    freeMemoryBytes: fc.option(fc.integer({ min: 0, max: 2 ** 40 })),
  });
  fc.assert(
    fc.property(demand, (one) => {
      const { preAllocatedVUs, maxVUs, littleBoundVUs } = vusForRate(one);
      expect(preAllocatedVUs).toBeGreaterThanOrEqual(1);
      expect(maxVUs).toBeGreaterThanOrEqual(preAllocatedVUs);
      expect(littleBoundVUs).toBeGreaterThanOrEqual(maxVUs);
    }),
  );
});
