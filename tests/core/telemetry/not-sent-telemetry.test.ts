import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_SENT_REASONS, type NotSentReason } from '../../../lib/core/order/not-sent.ts';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import type { DecodedPush, DecodedSeries } from '../../../lib/core/telemetry/decoded-push.ts';
import type { RunnerTelemetry } from '../../../lib/core/telemetry/tally.ts';
import { fromValues } from '../histogram/from-values.ts';
import {
  SCENARIO_START_MS,
  type SimulatedOrder,
  sample,
  simulatePushes,
  toNative,
} from './simulated-runner.ts';

const SECONDS = 8;
const STEPS = ['base', 'burst'] as const;
/** An event loop knows all but this. */
const REASONS = NOT_SENT_REASONS.filter((why) => why !== 'virtualUsers');

const order: fc.Arbitrary<SimulatedOrder> = fc
  .record({
    startMs: fc.nat(SECONDS * 1000 - 1),
    latencyMs: fc.integer({ min: 1, max: 3500 }),
    step: fc.constantFrom(...STEPS),
    lateMs: fc.constantFrom(0, 1, 30),
    notSent: fc.option(fc.constantFrom(...REASONS)),
  })
  .map(({ notSent, lateMs, latencyMs, ...rest }): SimulatedOrder => {
    if (notSent === null) return { ...rest, lateMs, latencyMs, outcome: 'created' };
    // One beyond the limit is not begun.
    return notSent === 'inFlight' || notSent === 'overdue'
      ? { ...rest, latencyMs: 0, outcome: null, notSent }
      : { ...rest, lateMs, latencyMs, outcome: null, notSent };
  });

function runnerOf(pushes: readonly DecodedPush[], windowMs = 1000): RunnerTelemetry {
  const accumulator = createAccumulator({ windowMs, expectRun: 'r' });
  for (const push of pushes) accumulator.apply(push);
  const [runner] = accumulator.runners();
  if (runner === undefined) throw new Error('there is no runner');
  return runner;
}

const simulated = (orders: readonly SimulatedOrder[], windowMs?: number) =>
  runnerOf(simulatePushes({ orders, seconds: SECONDS + 5 }), windowMs);
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const labels = { run: 'r', runner: '1', scenario: 'burst', step: 'base' };
function notSent(count: number, tags: Readonly<Record<string, string>>): DecodedSeries {
  const ones = fromValues(Array.from({ length: count }, () => 1));
  return {
    labels: { __name__: 'k6_orders_not_sent', ...labels, ...tags },
    samples: [],
    histograms: [toNative(ones, SCENARIO_START_MS + 990)],
  };
}
const started = (count: number, step: string) =>
  sample('k6_orders_started_total', { ...labels, step }, SCENARIO_START_MS + 990, count);
const failing = (startMs: number, latencyMs: number, why: NotSentReason): SimulatedOrder => ({
  ...{ startMs, latencyMs, step: 'base', outcome: null, notSent: why, lateMs: 0 },
});

describe('orders that were not sent', () => {
  it('are counted by step and reason, and leave the others as they were', () => {
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 50 }),
        fc.constantFrom(1000, 3000),
        (orders, windowMs) => {
          const runner = simulated(orders, windowMs);
          expect(runner.faults).toEqual([]);
          const lost = orders.filter((one) => one.notSent !== undefined);
          const sent = orders.filter((one) => one.notSent === undefined);
          for (const step of STEPS) {
            for (const why of REASONS) {
              const these = lost.filter((one) => one.step === step && one.notSent === why);
              expect(runner.notSent[step]?.[why] ?? 0).toBe(these.length);
            }
            const ofStep = sent.filter((one) => one.step === step);
            expect(runner.steps[step]?.started ?? 0).toBe(ofStep.length);
          }
          expect(runner.dropped).toBe(lost.length);
          const { windows } = runner;
          expect(Math.min(...windows.map((window) => window.started))).toBeGreaterThanOrEqual(0);
          expect(sumOf(windows.map((window) => window.started))).toBe(sent.length);
          expect(sumOf(windows.map((window) => window.dropped))).toBe(lost.length);
        },
      ),
    );
  });

  it('are taken off the window in which they began, where they failed in a later one', () => {
    const sent = { startMs: 100, latencyMs: 5, step: 'base', outcome: 'created' } as const;
    const { windows } = simulated([sent, failing(200, 2500, 'descriptors')]);
    expect(windows.map((window) => [window.started, window.dropped])).toEqual([
      ...[
        [1, 0],
        [0, 0],
        [0, 1],
      ],
    ]);
  });

  it('are taken off no more than there is: what a window lacks comes from those before it', () => {
    const later = { startMs: 2100, latencyMs: 5, step: 'base', outcome: 'created' } as const;
    const { windows } = simulated([
      ...[failing(200, 2500, 'ports'), failing(1200, 1500, 'ports'), failing(1300, 1400, 'ports')],
      later,
    ]);
    expect(windows.map((window) => [window.started, window.dropped])).toEqual([
      // Two of the three are taken off the window before, one off the first, and one was sent in the third.
      ...[
        [1, 0],
        [0, 0],
        [0, 3],
      ],
    ]);
  });

  it('add up to the same in steps and windows where the counter of started orders lags behind', () => {
    const runner = runnerOf([
      {
        series: [
          started(5, 'base'),
          started(1, 'burst'),
          notSent(2, { step: 'burst', why: 'memory' }),
        ],
      },
    ]);
    expect(runner.steps).toMatchObject({ base: { started: 5 }, burst: { started: 0 } });
    expect(runner.windows.map((window) => window.started)).toEqual([5]);
    expect(runner.dropped).toBe(2);
  });

  it('are known without a window of orders that were', () => {
    const runner = simulated([
      { startMs: 100, latencyMs: 0, step: 'base', outcome: null, notSent: 'inFlight' },
    ]);
    expect(runner.windows).toHaveLength(1);
    expect(runner.scenarioStartMs).toBe(SCENARIO_START_MS);
    expect(runner.steps).toEqual({});
  });

  it('of a warm-up are in its own tally only', () => {
    const warmup = { scenario: 'warmup', step: 'warmup' };
    const runner = runnerOf([
      {
        series: [
          sample('k6_orders_started_total', { ...labels, ...warmup }, SCENARIO_START_MS, 9),
          notSent(2, { ...warmup, why: 'ports' }),
          notSent(3, { ...warmup, why: 'inFlight' }),
        ],
      },
    ]);
    expect(runner.warmup).toMatchObject({ started: 7, dropped: 5 });
    expect(runner).toMatchObject({ dropped: 0, notSent: {}, windows: [] });
  });

  it('for want of a virtual user are those that k6 dropped itself', () => {
    const { step: _, ...unknown } = labels;
    const at = SCENARIO_START_MS + 990;
    const runner = runnerOf([
      {
        series: [started(10, 'base'), sample('k6_dropped_iterations_total', unknown, at, 4)],
      },
    ]);
    expect(runner.notSent).toEqual({ default: { virtualUsers: 4 } });
    expect(runner).toMatchObject({ dropped: 4, steps: { base: { started: 10 } } });
    expect(runner.windows.map((window) => [window.started, window.dropped])).toEqual([[10, 4]]);
  });

  it('for a reason that nobody knows are a fault', () => {
    const { faults } = runnerOf([{ series: [notSent(2, { why: 'whim' })] }]);
    expect(faults).toEqual([
      'orders_not_sent (runner 1, step base, why whim) has the unknown reason "whim"',
    ]);
  });
});

describe('lateness', () => {
  it('is known of every order that was begun, in all and by step', () => {
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 50 }), (orders) => {
        const runner = simulated(orders);
        const begun = orders.filter((one) => one.lateMs !== undefined);
        const of = (some: readonly SimulatedOrder[]) => fromValues(some.map((o) => o.lateMs ?? 0));
        expect(runner.lateness).toEqual(of(begun));
        const bySteps = STEPS.map(
          (step) => [step, begun.filter((one) => one.step === step)] as const,
        );
        expect(runner.latenessByStep).toEqual(
          Object.fromEntries(
            bySteps.flatMap(([step, some]) => (some.length === 0 ? [] : [[step, of(some)]])),
          ),
        );
      }),
    );
  });

  it('is empty where no event loop said so', () => {
    const runner = simulated([{ startMs: 1, latencyMs: 5, step: 'base', outcome: 'created' }]);
    expect(runner).toMatchObject({ lateness: fromValues([]), latenessByStep: {} });
  });
});
