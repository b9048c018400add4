import { describe, expect, it } from 'vitest';
import { checkDeclaredLoad, LOOPBACK_CAPS } from '../../../lib/core/config/check-caps.ts';
import { declaredLoad } from '../../../lib/core/load/declared-load.ts';
import { k6Options } from '../../../lib/core/load/k6-options.ts';
import { peakRate, totalOrders } from '../../../lib/core/load/stages.ts';
import { virtualUserOptions } from '../../../lib/core/load/virtual-user-options.ts';
import { samplePlan } from '../report/sample-run.ts';

const constant = {
  executor: 'constant-arrival-rate',
  rate: 60,
  timeUnit: '1m',
  duration: '1h30m0s',
};

describe('declaredLoad', () => {
  it('reads a constant rate in any unit', () => {
    expect(declaredLoad({ a: constant })).toEqual({ peakPerSecond: 1, iterations: 5400 });
    const halfSecond = { ...constant, timeUnit: '500ms', duration: '1m30.5s' };
    expect(declaredLoad({ a: halfSecond })).toMatchObject({
      peakPerSecond: 120,
      iterations: 10860,
    });
  });

  it('takes the highest corner of a ramp, and the area below it', () => {
    const ramp = {
      executor: 'ramping-arrival-rate',
      startRate: 10,
      timeUnit: null,
      stages: [
        { duration: '10s', target: 30 },
        { duration: '0s', target: 50 },
        { duration: '4s', target: 0 },
      ],
    };
    expect(declaredLoad({ a: ramp })).toMatchObject({ peakPerSecond: 50, iterations: 300 });
    const falling = { ...ramp, startRate: 80, stages: [{ duration: '1s', target: 0 }] };
    expect(declaredLoad({ a: falling })).toMatchObject({ peakPerSecond: 80, iterations: 40 });
  });

  it('adds up what runs at the same time', () => {
    const ten = { executor: 'constant-arrival-rate', rate: 10, timeUnit: '1s', duration: '5s' };
    const at = (startTime: string | null, rate = 10) => ({ ...ten, rate, startTime });
    const peak = (...all: object[]) =>
      declaredLoad(Object.fromEntries(all.map((one, i) => [`s${i}`, one]))).peakPerSecond;
    expect(peak(at(null), at('5s'), at('10s', 15))).toBe(15);
    expect(peak(at(null), at('4.999s'))).toBe(20);
    expect(peak(at('1m0s'), at('1m2.5s', 7), at('1m6s', 8))).toBe(17);
    const stages = [
      { duration: '4s', target: 40 },
      { duration: '0s', target: 0 },
      { duration: '9s', target: 1 },
    ];
    const ramp = { executor: 'ramping-arrival-rate', startRate: 0, stages };
    // At 40/s as the other begins, and nothing at all when the other ends.
    expect(peak({ ...ramp, startTime: '1s' }, at(null))).toBe(50);
    expect(peak(ramp, at('2s'))).toBe(50);
    expect(peak(ramp, at('4s', 39))).toBeCloseTo(40);
    expect(peak(at('5us'))).toBeNaN();
  });

  it('adds scenarios up as if all ran at once, but not the warm-up', () => {
    const both = declaredLoad({ a: constant, b: { ...constant, rate: 120 } });
    expect(both).toMatchObject({ peakPerSecond: 3, iterations: 16_200 });
    const warmed = declaredLoad({ warmup: { ...constant, rate: 600 }, b: constant });
    expect(warmed).toMatchObject({ peakPerSecond: 10, iterations: 59_400 });
  });

  it('counts iterations of a closed model where they are known', () => {
    expect(
      declaredLoad({
        each: { executor: 'per-vu-iterations', vus: 5, iterations: 10 },
        shared: { executor: 'shared-iterations', vus: 5, iterations: 10 },
        timed: { executor: 'constant-vus', vus: 5, duration: '10s' },
      }),
    ).toEqual({ peakPerSecond: 0, iterations: 60 });
  });

  it('finds of event loops no more than their number: the plan says what they send', () => {
    const warmup = { name: 'warmup', durationSeconds: 10, fromRate: 10, toRate: 10 };
    const plan = samplePlan({ clients: 3, mostRunners: 2, warmup });
    expect(declaredLoad(k6Options(plan).scenarios)).toEqual({ peakPerSecond: 0, iterations: 12 });
    checkDeclaredLoad(declaredLoad(k6Options(plan).scenarios), LOOPBACK_CAPS, plan);
  });

  it.each([
    { ...constant, timeUnit: '100µs' },
    { ...constant, duration: 'for ever' },
    { executor: 'ramping-arrival-rate', startRate: 1, stages: [{ duration: '?', target: 5 }] },
  ])('lets no cap pass what it cannot read: %j', (scenario) => {
    const declared = declaredLoad({ a: scenario });
    expect(() => checkDeclaredLoad(declared, LOOPBACK_CAPS, samplePlan())).toThrow(/cap/);
  });

  it('counts orders that are sent again, but not those of the warm-up', () => {
    const warmup = { name: 'warmup', durationSeconds: 10, fromRate: 10, toRate: 10 };
    const plan = samplePlan({ warmup, retryRatio: 1 });
    const declared = declaredLoad(virtualUserOptions(plan).scenarios);
    const caps = { maxRatePerSecond: 200, maxRequests: 2100 };
    checkDeclaredLoad(declared, caps, plan);
    expect(() => checkDeclaredLoad(declared, { ...caps, maxRequests: 2099 }, plan)).toThrow(
      'The run of 2100 orders (including orders sent again) is above the cap of 2099; lower --retry-ratio, --rate',
    );
    expect(() => checkDeclaredLoad(declared, { ...caps, maxRatePerSecond: 199 }, plan)).toThrow(
      'The peak of 200 orders/s (including orders sent again) is above',
    );
  });

  it('finds in the options of a plan what the plan says', () => {
    const stages = [
      { name: 'a', durationSeconds: 3.5, fromRate: 2.5, toRate: 2.5 },
      { name: 'b', durationSeconds: 10, fromRate: 40, toRate: 100 },
    ];
    const declared = declaredLoad(virtualUserOptions(samplePlan({ stages })).scenarios);
    expect(declared.peakPerSecond).toBeCloseTo(peakRate(stages), 9);
    expect(declared.iterations).toBeCloseTo(totalOrders(stages), 9);
  });
});
