import { expect, it } from 'vitest';
import { coldStartPreset, initPhases } from '../../../order-api/lambda/cold-start.ts';
import { drawLogNormal, seededRandom } from '../../../order-api/lambda/random.ts';

/** Published quantiles of INIT in ms: p50, p90, p99. */
it.each([
  ['node22', 'x86', 142, 167, 216],
  ['node22', 'arm', 125, 142, 180],
  ['python3.12', 'x86', 89, 107, 141],
  ['python3.12', 'arm', 80, 92, 134],
] as const)(
  '%s on %s starts as measured, the 99th percentile within 20%%',
  (runtime, arch, p50, p90, p99) => {
    const { initMs, initSigma, firstCall } = coldStartPreset(runtime, arch, 'hello');
    expect(firstCall).toBeNull();
    const random = seededRandom(1);
    const drawn = Array.from({ length: 100_000 }, () => drawLogNormal(random, initMs, initSigma));
    drawn.sort((a, b) => a - b);
    const quantile = (q: number) => drawn[Math.floor(q * drawn.length)] ?? 0;
    expect(Math.abs(quantile(0.5) / p50 - 1)).toBeLessThan(0.01);
    expect(Math.abs(quantile(0.9) / p90 - 1)).toBeLessThan(0.08);
    expect(Math.abs(quantile(0.99) / p99 - 1)).toBeLessThan(0.2);
  },
);

it('loads the SDK longer, and has the first call pay for it', () => {
  expect(coldStartPreset('node22', 'x86', 'sdk')).toEqual({
    initMs: 350,
    initSigma: 0.13,
    firstCall: { workMs: 66, ioMs: 38 },
  });
  expect(coldStartPreset('python3.12', 'x86', 'sdk').initMs).toBe(475);
  expect(coldStartPreset('node22', 'arm', 'sdk').initMs).toBeCloseTo(308.1, 1);
});

it('gives INIT 10 s', () => {
  expect(initPhases(10_000)).toEqual({ beforeMs: 10_000, withinMs: 0 });
  expect(initPhases(10_001)).toEqual({ beforeMs: 10_000, withinMs: 10_001 });
});
