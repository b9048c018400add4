import { describe, expect, it } from 'vitest';
import { estimateCost, estimatePlannedCost } from '../../../lib/core/cost/estimate-cost.ts';

const million = {
  orders: 1e6,
  invocations: 1e6,
  writes: 1e6,
  handlerMs: 100,
  memoryMb: 1024,
  gateway: 'http' as const,
};

describe('estimateCost', () => {
  it('adds gateway, requests, memory-time and writes of a million orders', () => {
    // 1.00 + 0.20 + 100,000 GB-s × 0.0000166667 + 0.625
    expect(estimateCost(million).totalUsd).toBeCloseTo(1 + 0.2 + 1.66667 + 0.625, 5);
  });

  it('knows the price of a REST API', () => {
    const difference =
      estimateCost({ ...million, gateway: 'rest' }).totalUsd - estimateCost(million).totalUsd;
    expect(difference).toBeCloseTo(2.5, 6);
  });

  it('says what it assumed, and only that', () => {
    expect(estimateCost(million).assumptions.join()).not.toContain('512 MB');
    const guessed = estimateCost({
      ...million,
      handlerMs: null,
      memoryMb: null,
    }).assumptions.join();
    expect(guessed).toContain('512 MB');
    expect(guessed).toContain('50 ms');
  });

  it('charges orders that were refused before the function for the gateway alone', () => {
    const { totalUsd } = estimateCost({ ...million, invocations: 0, writes: 0 });
    expect(totalUsd).toBeCloseTo(1, 9);
  });
});

it('takes a plan with its warm-up and the orders that are sent again', () => {
  const target = { memoryMb: 128, gateway: 'http' as const };
  const plan = { plannedOrders: 99.6, resentOrders: 0, warmupOrders: 10 };
  expect(estimatePlannedCost(plan, target).orders).toBe(110);
  expect(estimatePlannedCost({ ...plan, resentOrders: 20 }, target).orders).toBe(130);
});
