import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAll } from '../../../lib/core/histogram/add.ts';
import { countOf } from '../../../lib/core/histogram/count.ts';
import { OUTCOMES } from '../../../lib/core/order/outcome.ts';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import type { DecodedPush } from '../../../lib/core/telemetry/decoded-push.ts';
import type { RunnerTelemetry, Tally } from '../../../lib/core/telemetry/tally.ts';
import { fromValues } from '../histogram/from-values.ts';
import {
  SCENARIO_START_MS,
  type SimulatedOrder,
  type SimulatedRun,
  sample,
  simulatePushes,
  toNative,
} from './simulated-runner.ts';

const SECONDS = 12;

const order: fc.Arbitrary<SimulatedOrder> = fc.record({
  startMs: fc.nat(SECONDS * 1000 - 1),
  latencyMs: fc.integer({ min: 1, max: 1500 }),
  step: fc.constantFrom('base', 'burst'),
  outcome: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...OUTCOMES) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
});
const someRun: fc.Arbitrary<SimulatedRun> = fc.record({
  orders: fc.array(order, { minLength: 1, maxLength: 60 }),
  seconds: fc.constant(SECONDS + 2),
});

function tally(pushes: readonly DecodedPush[], windowMs = 1000): readonly RunnerTelemetry[] {
  const accumulator = createAccumulator({ windowMs, expectRun: 'r' });
  for (const push of pushes) accumulator.apply(push);
  return accumulator.runners();
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const resolvedOf = (one: Tally) => countOf(addAll(Object.values(one.latencyByOutcome)));
const labels = { run: 'r', runner: '1', scenario: 'burst', step: 'base' };

describe('createAccumulator', () => {
  it('counts exactly what happened, in steps and in windows', () => {
    fc.assert(
      fc.property(someRun, fc.constantFrom(1000, 3000), (run, windowMs) => {
        const [runner] = tally(simulatePushes(run), windowMs);
        expect(runner?.faults).toEqual([]);
        expect(runner?.ended).toBe(true);
        expect(runner?.scenarioStartMs).toBe(SCENARIO_START_MS);
        for (const [step, one] of Object.entries(runner?.steps ?? {})) {
          const orders = run.orders.filter((order) => order.step === step);
          expect(one.started).toBe(orders.length);
          for (const outcome of OUTCOMES) {
            const latencies = orders.filter((o) => o.outcome === outcome).map((o) => o.latencyMs);
            expect(one.latencyByOutcome[outcome] ?? fromValues([])).toEqual(fromValues(latencies));
          }
        }
        const windows = runner?.windows ?? [];
        expect(sumOf(windows.map((window) => window.started))).toBe(run.orders.length);
        const first = Math.min(...run.orders.map((order) => order.startMs));
        for (const window of windows) {
          expect(window.lengthMs).toBe(windowMs);
          const fromMs = window.startOffsetMs + 5;
          const inside = (ms: number) => ms >= fromMs && ms < fromMs + windowMs;
          expect(window.started).toBe(run.orders.filter((o) => inside(o.startMs)).length);
          const resolved = run.orders.filter((o) => o.outcome && inside(o.startMs + o.latencyMs));
          expect(resolvedOf(window)).toBe(resolved.length);
        }
        expect(windows[0]?.startOffsetMs).toBe(Math.floor(first / 1000) * 1000 - 5);
      }),
    );
  });

  it('does not mind duplicates, nor reordering within three seconds', () => {
    const disturbed = someRun.chain((run) => {
      const pushes = simulatePushes(run);
      return fc.tuple(
        fc.constant(pushes),
        fc.array(fc.double({ min: 0, max: 2.9, noNaN: true }), {
          minLength: 2 * pushes.length,
          maxLength: 2 * pushes.length,
        }),
      );
    });
    fc.assert(
      fc.property(disturbed, ([pushes, delays]) => {
        const arrivals = [...pushes, ...pushes].map((push, position) => ({
          push,
          at: (position % pushes.length) + (delays[position] as number),
        }));
        arrivals.sort((a, b) => a.at - b.at);
        expect(tally(arrivals.map(({ push }) => push))).toEqual(tally(pushes));
      }),
    );
  });

  it('has the same totals in any order, also when pushes are lost', () => {
    const disturbed = someRun.chain((run) => {
      const pushes = simulatePushes(run);
      const kept = fc.shuffledSubarray(pushes.slice(0, -2), { minLength: 0 });
      return fc.tuple(fc.constant(pushes), kept);
    });
    fc.assert(
      fc.property(disturbed, ([pushes, kept]) => {
        const [inOrder] = tally(pushes);
        // Only its started orders make a lost last push matter, so that one always arrives.
        const lastOfEach = newestOfEachSeries(pushes);
        const [other] = tally([...kept.slice(1), lastOfEach, ...kept.slice(0, 1)]);
        expect(other?.faults).toEqual([]);
        expect(other?.steps).toEqual(inOrder?.steps);
        expect(sumOf((other?.windows ?? []).map((window) => window.started))).toBe(
          sumOf((inOrder?.windows ?? []).map((window) => window.started)),
        );
      }),
    );
  });

  it('keeps runners apart, and ignores other runs', () => {
    fc.assert(
      fc.property(someRun, someRun, (one, two) => {
        const first = simulatePushes({ ...one, runner: '1' });
        const second = simulatePushes({ ...two, runner: '2' });
        const foreign = simulatePushes({ ...two, run: 'other', runner: '1' });
        const mixed = first.flatMap((push, at) => [push, foreign[at], second[at]]);
        expect(tally(mixed.filter((push) => push !== undefined))).toEqual([
          ...tally(first),
          ...tally(second),
        ]);
      }),
    );
  });

  it('sees that the end is missing', () => {
    fc.assert(
      fc.property(someRun, (run) => {
        expect(tally(simulatePushes({ ...run, stale: false }))[0]?.ended).toBe(false);
      }),
    );
  });

  it('calls a counter that falls a fault, and names it', () => {
    const started = (atMs: number, value: number) => ({
      series: [sample('k6_orders_started_total', labels, SCENARIO_START_MS + atMs, value)],
    });
    expect(tally([started(1000, 12), started(2000, 3)])[0]?.faults).toEqual([
      'orders_started (runner 1, step base) fell from 12 to 3',
    ]);
    const late = [started(9000, 3), started(13_000, 3), started(2000, 12)];
    expect(tally(late)[0]?.faults).toEqual([
      'orders_started (runner 1, step base) was higher in an older push than in a newer one',
    ]);
    expect(tally([started(9000, 12), started(2000, 3)])[0]?.faults).toEqual([]);
  });

  it('calls a histogram that falls or does not add up a fault', () => {
    const latency = (atMs: number, values: number[], count = values.length) => {
      const native = toNative(fromValues(values), SCENARIO_START_MS + atMs);
      return {
        series: [
          {
            labels: { __name__: 'k6_order_latency_pow8', ...labels, outcome: 'created' },
            samples: [],
            histograms: [{ ...native, count }],
          },
        ],
      };
    };
    expect(tally([latency(1000, [4, 8]), latency(2000, [8, 8])])[0]?.faults).toEqual([
      'order_latency_pow8 (runner 1, step base, outcome created) fell from 2 to 2 (bucket 128 fell from 1 to 0)',
    ]);
    expect(tally([latency(1000, [4, 8], 3)])[0]?.faults).toEqual([
      'order_latency_pow8 (runner 1, step base, outcome created) cannot be read: a histogram of 3 observations has 2 in its buckets',
    ]);
  });

  it('leaves warm-up orders out of everything but their own tally', () => {
    fc.assert(
      fc.property(someRun, (run) => {
        const [runner] = tally(simulatePushes({ ...run, scenario: 'warmup' }));
        expect(runner?.warmup.started).toBe(run.orders.length);
        expect(runner?.steps).toEqual({});
        expect(runner?.windows).toEqual([]);
        expect(runner?.scenarioStartMs).toBeNull();
      }),
    );
  });

  it('repairs a counter of started orders that lags behind the histograms', () => {
    const orders = [1, 2, 3].map((latencyMs) => ({
      ...{ startMs: 10, latencyMs, step: 'base', outcome: 'created' as const },
    }));
    const pushes = simulatePushes({ orders, seconds: 1 });
    const lagging = pushes.map(({ series }) => ({
      series: series.map((one) =>
        one.labels['__name__'] === 'k6_orders_started_total'
          ? { ...one, samples: one.samples.map((s) => ({ ...s, value: s.value - 1 })) }
          : one,
      ),
    }));
    const [runner] = tally(lagging);
    expect(runner?.steps['base']?.started).toBe(3);
    expect(runner?.windows.map((window) => window.started)).toEqual([3]);
  });

  it('takes the count that only the stale marker of a histogram carries', () => {
    const orders = [{ startMs: 10, latencyMs: 5, step: 'base', outcome: 'created' as const }];
    const late = { startMs: 985, latencyMs: 8, step: 'base', outcome: 'created' as const };
    const [runner] = tally([
      ...simulatePushes({ orders, seconds: 1, stale: false }),
      ...simulatePushes({ orders: [...orders, late], seconds: 1 }).slice(1),
    ]);
    expect(runner?.faults).toEqual([]);
    expect(runner?.ended).toBe(true);
    expect(runner?.steps['base']).toEqual({
      started: 2,
      latencyByOutcome: { created: fromValues([5, 8]) },
    });
  });

  it('counts dropped iterations, cold starts and timings, and ignores what it does not know', () => {
    const at = SCENARIO_START_MS + 990;
    const { step: _, ...scenario } = labels;
    const [runner] = tally([
      {
        series: [
          sample('k6_dropped_iterations_total', scenario, at, 4),
          sample('k6_dropped_iterations_total', { ...scenario, scenario: 'warmup' }, at, 2),
          sample('k6_orders_cold_total', { ...scenario, colour: 'red' }, at, 3),
          sample('k6_orders_handler_seen_total', { ...scenario, scenario: 'warmup' }, at, 1),
          sample('k6_something_else', scenario, at, 9),
          {
            labels: { __name__: 'k6_order_connect_pow8', ...scenario },
            samples: [],
            histograms: [toNative(fromValues([3]), at)],
          },
        ],
      },
    ]);
    expect(runner).toMatchObject({ dropped: 4, cold: 3, handlerSeen: true, faults: [] });
    expect(runner?.warmup.dropped).toBe(2);
    expect(runner?.connect).toEqual(fromValues([3]));
    expect(runner?.windows.map(({ dropped, cold }) => [dropped, cold])).toEqual([[4, 3]]);
  });

  it('calls an outcome that it does not know a fault', () => {
    const native = toNative(fromValues([4]), SCENARIO_START_MS);
    const odd = { __name__: 'k6_order_latency_pow8', ...labels, outcome: 'odd' };
    expect(tally([{ series: [{ labels: odd, samples: [], histograms: [native] }] }])).toMatchObject(
      [
        {
          faults: [
            'order_latency_pow8 (runner 1, step base, outcome odd) has the unknown outcome "odd"',
          ],
        },
      ],
    );
  });

  it('keeps a bounded number of windows through a soak of ten hours', () => {
    const accumulator = createAccumulator({ windowMs: 300_000, expectRun: 'r' });
    const seconds = 36_000;
    for (let second = 1; second <= seconds; second += 1) {
      const at = SCENARIO_START_MS + second * 1000 - (second % 7) * 30;
      const series = [
        sample('k6_orders_started_total', labels, at, second * 20),
        sample('k6_vus', { run: 'r', runner: '1' }, at, second % 50),
      ];
      accumulator.apply({ series });
    }
    expect(accumulator.recent().length).toBe(60);
    const [runner] = accumulator.runners();
    expect(runner?.windows.length).toBe(120);
    expect(runner?.windows.every((window) => window.vus === 49)).toBe(true);
    expect(runner?.windows.slice(1, -1).every((window) => window.started === 6000)).toBe(true);
    expect(runner?.steps['base']?.started).toBe(seconds * 20);
  });

  it('does not follow an absurd timestamp', () => {
    const started = (atMs: number, value: number) => ({
      series: [sample('k6_orders_started_total', labels, SCENARIO_START_MS + atMs, value)],
    });
    const [runner] = tally([started(0, 1), started(1e12, 2)]);
    expect(runner?.windows.length).toBe(1);
    expect(runner?.faults[0]).toMatch(/impossible/);
  });

  it('refuses windows that are no whole seconds', () => {
    for (const windowMs of [0, 500, 1500, -1000, Number.NaN]) {
      expect(() => createAccumulator({ windowMs, expectRun: 'r' })).toThrow(RangeError);
    }
  });
});

/** One push that holds the newest state of every series. */
function newestOfEachSeries(pushes: readonly DecodedPush[]): DecodedPush {
  const newest = new Map<string, DecodedPush['series'][number]>();
  for (const { series } of pushes) {
    for (const one of series) {
      const isMarker = one.histograms.length === 0 && Number.isNaN(one.samples[0]?.value);
      if (!isMarker) newest.set(JSON.stringify(one.labels), one);
    }
  }
  return { series: [...newest.values()] };
}
