import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Stage } from '../../../lib/core/load/load-plan.ts';
import {
  durationSeconds,
  peakOf,
  peakRate,
  plannedStarted,
  scaleStages,
  stageAt,
  totalOrders,
} from '../../../lib/core/load/stages.ts';

const SPIKE: readonly Stage[] = [
  { name: 'baseline', durationSeconds: 10, fromRate: 10, toRate: 10 },
  { name: 'jump', durationSeconds: 1, fromRate: 10, toRate: 150 },
  { name: 'burst', durationSeconds: 14, fromRate: 150, toRate: 150 },
  { name: 'recovery', durationSeconds: 20, fromRate: 10, toRate: 10 },
];

const stage = fc.record({
  name: fc.string({ minLength: 1 }),
  durationSeconds: fc.integer({ min: 1, max: 10_000 }).map((tenths) => tenths / 10),
  fromRate: fc.integer({ min: 1, max: 1000 }),
  toRate: fc.integer({ min: 1, max: 1000 }),
});
const stages = fc.array(stage, { minLength: 1, maxLength: 8 });

it('counts the orders, the length and the peak of a spike', () => {
  expect(totalOrders(SPIKE)).toBe(100 + 80 + 2100 + 200);
  expect(durationSeconds(SPIKE)).toBe(45);
  expect(peakRate(SPIKE)).toBe(150);
});

it('takes the busiest second of a recording for the peak of its load', () => {
  const recorded = { file: 'f', speed: 1, orders: 9, peakPerSecond: 7, sha256: '' };
  expect(peakOf({ stages: SPIKE, arrivals: { kind: 'recorded', ...recorded } })).toBe(7);
  expect(peakOf({ stages: SPIKE, arrivals: { kind: 'poisson' } })).toBe(150);
});

it.each([
  [-5, 'baseline'],
  [0, 'baseline'],
  [9_999, 'baseline'],
  [10_000, 'jump'],
  [11_000, 'burst'],
  [24_999, 'burst'],
  [25_000, 'recovery'],
  [45_000, 'recovery'],
  [99_000, 'recovery'],
])('at %d ms the step is %s', (elapsedMs, name) => {
  expect(stageAt(SPIKE, elapsedMs).name).toBe(name);
});

it('plans the part of each stage that a window covers', () => {
  expect(plannedStarted(SPIKE, 9_000, 11_000)).toBeCloseTo(10 + 80, 9);
  expect(plannedStarted(SPIKE, 10_000, 10_500)).toBeCloseTo(0.5 * 10 + 0.5 * 0.5 * 70, 9);
  expect(plannedStarted(SPIKE, 45_000, 60_000)).toBe(0);
});

it('plans the total over the whole run, however it is cut into windows', () => {
  fc.assert(
    fc.property(stages, fc.integer({ min: 1, max: 20 }), (shape, windows) => {
      const endMs = durationSeconds(shape) * 1000;
      let sum = 0;
      for (let i = 0; i < windows; i++) {
        sum += plannedStarted(shape, (endMs * i) / windows, (endMs * (i + 1)) / windows);
      }
      expect(sum).toBeCloseTo(totalOrders(shape), 4);
    }),
  );
});

it('names in every stage the step that the stage is', () => {
  fc.assert(
    fc.property(stages, (shape) => {
      const named = shape.map((one, i) => ({ ...one, name: `s${i}` }));
      let startMs = 0;
      for (const one of named) {
        expect(stageAt(named, startMs + 500 * one.durationSeconds).name).toBe(one.name);
        startMs += one.durationSeconds * 1000;
      }
    }),
  );
});

it('scales the peak and the duration to exactly what was asked', () => {
  const rate = fc.integer({ min: 1, max: 5_000_000 }).map((thousandths) => thousandths / 1000);
  const seconds = fc.integer({ min: 1000, max: 10_000_000 }).map((ms) => ms / 1000);
  fc.assert(
    fc.property(stages, rate, seconds, (shape, peak, total) => {
      const scaled = scaleStages(shape, peak, total);
      expect(peakRate(scaled)).toBeCloseTo(peak, 9);
      expect(durationSeconds(scaled)).toBeCloseTo(total, 6);
      expect(scaled.map(({ name }) => name)).toEqual(shape.map(({ name }) => name));
    }),
  );
});

it('keeps the proportions of a scaled spike', () => {
  const scaled = scaleStages(SPIKE, 300, 90);
  expect(totalOrders(scaled)).toBe(4 * totalOrders(SPIKE));
  expect(scaled[1]).toEqual({ name: 'jump', durationSeconds: 2, fromRate: 20, toRate: 300 });
});

it('leaves a shape alone that nothing overrides', () => {
  expect(scaleStages(SPIKE, null, null)).toEqual(SPIKE);
});
