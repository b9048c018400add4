import { describe, expect, it } from 'vitest';
import {
  type BillableLoad,
  estimateCost,
  estimatePlannedCost,
} from '../../../lib/core/cost/estimate-cost.ts';

const million = {
  orders: 1e6,
  invocations: 1e6,
  writes: 1e6,
  handlerMs: 100,
  initMs: 0,
  memoryMb: 1024,
  architecture: 'x86' as const,
  billedGbSeconds: null,
  gateway: 'http' as const,
};
const memoryTime = (load: BillableLoad) => estimateCost(load).items[2];

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
    const always = [
      'orders of at most 1 KB, so one write unit each',
      'no free tier, data transfer or logs',
    ];
    const nothing = { handlerMs: null, initMs: null, memoryMb: null };
    const { assumptions } = estimateCost({ ...million, ...nothing, architecture: null });
    expect(assumptions).toEqual([
      'a handler of 50 ms on average',
      'a function of 512 MB',
      'the price of x86',
      'no INIT of cold starts',
      ...always,
    ]);
    expect(estimateCost(million).assumptions).toEqual(always);
    const billed = estimateCost({ ...million, ...nothing, billedGbSeconds: 7 });
    expect(billed.assumptions).toEqual(always);
  });

  it('charges the price of the processor', () => {
    expect(memoryTime({ ...million, architecture: 'arm' })).toMatchObject({
      name: 'Lambda memory-time (arm)',
      usd: expect.closeTo(1.33334, 9),
    });
    expect(memoryTime({ ...million, architecture: null })).toMatchObject({
      name: 'Lambda memory-time (x86)',
      usd: expect.closeTo(1.66667, 9),
    });
  });

  it('charges INIT, as AWS has done since August 2025', () => {
    // 1,000 cold starts of 400 ms at 512 MB.
    const load = { ...million, memoryMb: 512 };
    const more =
      (memoryTime({ ...load, initMs: 400_000 })?.quantity ?? 0) - (memoryTime(load)?.quantity ?? 0);
    expect(more).toBeCloseTo(200, 6);
  });

  it('takes the memory-time that the platform counted over any estimate', () => {
    expect(memoryTime({ ...million, billedGbSeconds: 90.778 })?.quantity).toBe(90.778);
  });

  it('charges orders that were refused before the function for the gateway alone', () => {
    const { totalUsd } = estimateCost({ ...million, invocations: 0, writes: 0 });
    expect(totalUsd).toBeCloseTo(1, 9);
  });
});

it('takes a plan with its warm-up and the orders that are sent again', () => {
  const target = { memoryMb: 128, architecture: 'x86' as const, gateway: 'http' as const };
  const plan = { plannedOrders: 99.6, resentOrders: 0, warmupOrders: 10 };
  expect(estimatePlannedCost(plan, target).orders).toBe(110);
  expect(estimatePlannedCost({ ...plan, resentOrders: 20 }, target).orders).toBe(130);
});
