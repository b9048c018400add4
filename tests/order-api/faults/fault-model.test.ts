import { describe, expect, it } from 'vitest';
import {
  type FaultConfig,
  faultConfigProblem,
  hasFaults,
  NO_FAULTS,
} from '../../../order-api/config/fault-config.ts';
import { createFaultInjection } from '../../../order-api/faults/fault-injection.ts';
import { createFaultModel } from '../../../order-api/faults/fault-model.ts';
import { DEFAULT_QUEUE_CONFIG } from '../default-queue-config.ts';

const DRAWS = 10_000;

function modelOf(
  faults: Partial<FaultConfig>,
  { seed = 1, nowMs = (): number => 0 }: { seed?: number; nowMs?: () => number } = {},
) {
  return createFaultModel({ ...NO_FAULTS, ...faults }, seed, nowMs);
}

/** Four standard errors of a binomial share. */
function bound(ratio: number): number {
  return 4 * Math.sqrt((ratio * (1 - ratio)) / DRAWS);
}

function draws<T>(draw: () => T): T[] {
  return Array.from({ length: DRAWS }, draw);
}

describe.each([0.01, 0.1, 0.5])('a ratio of %d', (ratio) => {
  it('is the share of store calls that fail, and of those that are throttled', () => {
    const model = modelOf({ storeErrorRatio: ratio, storeThrottleRatio: ratio / 2 });
    draws(model.storeFault);
    const { storeErrors, storeThrottles } = model.counts();
    expect(Math.abs(storeErrors / DRAWS - ratio)).toBeLessThan(bound(ratio));
    expect(Math.abs(storeThrottles / DRAWS - ratio / 2)).toBeLessThan(bound(ratio / 2));
  });

  it('is the share of answers that are dropped', () => {
    const model = modelOf({ dropResponseRatio: ratio });
    const dropped = draws(model.dropsResponse).filter(Boolean).length;
    expect(model.counts().droppedResponses).toBe(dropped);
    expect(Math.abs(dropped / DRAWS - ratio)).toBeLessThan(bound(ratio));
  });

  it.each(['deliversAgain', 'addsPoison'] as const)('is the share of what %s says', (draw) => {
    const model = modelOf({ duplicateDeliveryRatio: ratio, poisonRatio: ratio });
    const hits = draws(model[draw]).filter(Boolean).length;
    expect(Math.abs(hits / DRAWS - ratio)).toBeLessThan(bound(ratio));
    // Counted is what came of it.
    expect(model.counts()).toMatchObject({ duplicateDeliveries: 0, poisonMessages: 0 });
  });

  it('is the share of environments that are killed, half of them after their work', () => {
    const model = modelOf({ killEnvironmentRatio: ratio });
    const kills = draws(model.kill).filter((kill) => kill !== null);
    expect(Math.abs(kills.length / DRAWS - ratio)).toBeLessThan(bound(ratio));
    const late = kills.filter(({ when }) => when === 'afterHandler').length / kills.length;
    expect(Math.abs(late - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / kills.length));
    for (const { share } of kills) expect(share >= 0 && share < 1).toBe(true);
  });
});

describe('createFaultModel', () => {
  it('makes none or all at ratios of 0 and 1', () => {
    const none = modelOf({});
    expect(draws(none.storeFault).every((fault) => fault === null)).toBe(true);
    expect(draws(none.dropsResponse).some(Boolean)).toBe(false);
    expect(draws(none.kill).every((kill) => kill === null)).toBe(true);
    const all = modelOf({ storeThrottleRatio: 1, dropResponseRatio: 1, killEnvironmentRatio: 1 });
    expect(draws(all.storeFault).every((fault) => fault === 'throttle')).toBe(true);
    expect(draws(all.dropsResponse).every(Boolean)).toBe(true);
    expect(draws(all.kill).some((kill) => kill === null)).toBe(false);
  });

  it('draws the same for the same seed, whatever other faults there are', () => {
    const alone = modelOf({ dropResponseRatio: 0.3 });
    const among = modelOf({ dropResponseRatio: 0.3, storeErrorRatio: 0.3 });
    const other = modelOf({ dropResponseRatio: 0.3 }, { seed: 2 });
    const drops = draws(alone.dropsResponse);
    draws(among.storeFault);
    expect(draws(among.dropsResponse)).toEqual(drops);
    expect(draws(other.dropsResponse)).not.toEqual(drops);
  });

  it('slows down by a factor, and more from hour to hour', () => {
    let nowMs = 5_000_000;
    const model = modelOf({ slower: 2, driftPercentPerHour: 10 }, { nowMs: () => nowMs });
    expect(model.durationFactor()).toBe(2);
    nowMs += 3_600_000;
    expect(model.durationFactor()).toBeCloseTo(2.2, 12);
    nowMs += 1_800_000;
    expect(model.counts().durationFactor).toBeCloseTo(2.3, 12);
  });
});

it('leaks by the hour', () => {
  expect(modelOf({ leakMbPerHour: 6 }).leakedMb(1_800_000)).toBe(3);
  expect(modelOf({}).leakedMb(1_800_000)).toBe(0);
});

it('makes nothing at all where no fault is asked for', () => {
  const clock = { nowMs: () => 0, wait: () => Promise.resolve() };
  expect(createFaultInjection(NO_FAULTS, 1, clock)).toBeNull();
  for (const key of Object.keys(NO_FAULTS) as (keyof FaultConfig)[]) {
    expect(hasFaults({ ...NO_FAULTS, [key]: 0.5 })).toBe(true);
  }
});

it('refuses a store that fails more calls than it gets', () => {
  const config = { ...NO_FAULTS, storeErrorRatio: 0.6, storeThrottleRatio: 0.4 };
  expect(faultConfigProblem(config, null)).toBeNull();
  expect(faultConfigProblem({ ...config, storeThrottleRatio: 0.5 }, null)).toMatch(
    /lower --store-error-ratio or --store-throttle-ratio$/,
  );
});

it.each([
  ['poisonRatio', '--poison-ratio'],
  ['duplicateDeliveryRatio', '--duplicate-delivery-ratio'],
])('refuses %s without a queue', (key, flag) => {
  const config = { ...NO_FAULTS, [key]: 0.1 };
  expect(faultConfigProblem(config, null)).toBe(`${flag} has no effect without --queue`);
  expect(faultConfigProblem(config, DEFAULT_QUEUE_CONFIG)).toBeNull();
});

it('refuses second deliveries where a message has one only', () => {
  const config = { ...NO_FAULTS, duplicateDeliveryRatio: 0.1 };
  expect(faultConfigProblem(config, { ...DEFAULT_QUEUE_CONFIG, maxReceiveCount: 1 })).toMatch(
    /has no effect with --max-receive-count 1.*raise it$/,
  );
});
