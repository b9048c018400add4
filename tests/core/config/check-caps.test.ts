import { expect, it } from 'vitest';
import {
  capsFor,
  checkCaps,
  DEFAULT_CAPS,
  LOOPBACK_CAPS,
} from '../../../lib/core/config/check-caps.ts';

const flat = (rate: number, durationSeconds: number) => ({
  warmup: null,
  retryRatio: 0,
  arrivals: { kind: 'even' as const },
  stages: [{ name: 's', durationSeconds, fromRate: rate, toRate: rate }],
});

it('lets pass what is within the caps, to the order', () => {
  checkCaps(flat(1000, 1000), DEFAULT_CAPS);
});

it('refuses a higher peak and names the flag', () => {
  expect(() => checkCaps(flat(1000.5, 1), DEFAULT_CAPS)).toThrow(
    'The peak of 1000.5 orders/s is above the cap of 1000; lower --rate, or raise the cap with --max-rate 1001.',
  );
});

it('refuses more orders and names the flag', () => {
  expect(() => checkCaps(flat(1000, 1000.001), DEFAULT_CAPS)).toThrow(/--max-requests 1000001/);
});

it('rounds a fraction of an order up', () => {
  const caps = { maxRatePerSecond: 10, maxRequests: 1 };
  expect(() => checkCaps(flat(0.5, 3), caps)).toThrow(/--max-requests 2/);
});

it('counts the warm-up', () => {
  const plan = {
    ...flat(10, 10),
    warmup: { name: 'warmup', durationSeconds: 10, fromRate: 10, toRate: 10 },
  };
  expect(() => checkCaps(plan, { maxRatePerSecond: 10, maxRequests: 199 })).toThrow(
    /--max-requests 200/,
  );
  checkCaps(plan, { maxRatePerSecond: 10, maxRequests: 200 });
});

it('counts orders that are sent again, and as many of them as chance may draw', () => {
  const plan = { ...flat(1000, 100), retryRatio: 0.1 };
  // 10,000 on average, and 4 × √(100,000 × 0.1 × 0.9) = 379.5
  checkCaps(plan, { maxRatePerSecond: 1100, maxRequests: 110_380 });
  expect(() => checkCaps(plan, { maxRatePerSecond: 1100, maxRequests: 110_379 })).toThrow(
    'The run of 110380 orders (including orders sent again) is above the cap of 110379; lower --retry-ratio, --rate or --duration, or raise the cap with --max-requests 110380.',
  );
  expect(() => checkCaps(plan, { maxRatePerSecond: 1099, maxRequests: 1e6 })).toThrow(
    /--max-rate 1100\./,
  );
});

it('takes the busiest second of a replay for its peak', () => {
  const arrivals = {
    ...{ kind: 'recorded' as const, file: 'f', speed: 1, orders: 100, sha256: '' },
    peakPerSecond: 60,
  };
  const plan = { ...flat(10, 10), arrivals };
  checkCaps(plan, { maxRatePerSecond: 60, maxRequests: 100 });
  expect(() => checkCaps(plan, { maxRatePerSecond: 59, maxRequests: 100 })).toThrow(
    /--max-rate 60\./,
  );
  expect(() => checkCaps(plan, { maxRatePerSecond: 60, maxRequests: 99 })).toThrow(
    /--max-requests 100\./,
  );
});

it('refuses what is not a number', () => {
  expect(() => checkCaps(flat(Number.NaN, 1), DEFAULT_CAPS)).toThrow();
});

it("takes the user's caps before the defaults of the target", () => {
  const none = { maxRatePerSecond: null, maxRequests: null };
  expect(capsFor(none, false)).toEqual(DEFAULT_CAPS);
  expect(capsFor(none, true)).toEqual(LOOPBACK_CAPS);
  expect(capsFor({ maxRatePerSecond: 5, maxRequests: null }, true)).toEqual({
    ...LOOPBACK_CAPS,
    maxRatePerSecond: 5,
  });
});
