import { describe, expect, it } from 'vitest';
import type { NotSentReason } from '../../../lib/core/order/not-sent.ts';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import { SCENARIO_START_MS, sample, simulatePushes } from './simulated-runner.ts';

const orders = Array.from({ length: 40 }, (_, position) => ({
  startMs: position * 100,
  latencyMs: 20,
  step: position < 20 ? 'base' : 'burst',
  outcome: position % 10 === 9 ? ('throttled' as const) : ('created' as const),
}));

describe('live', () => {
  it('is all zero before anything came', () => {
    const live = createAccumulator({ windowMs: 1000, expectRun: 'r' }).live();
    expect(live).toMatchObject({ elapsedMs: 0, started: 0, dropped: 0, inFlight: 0 });
    const none = { started: 0, dropped: 0, resolved: 0, success: 0, p95Ms: null };
    expect(live.lastSecond).toEqual(none);
  });

  it('sums runners up to the newest push, without waiting for older ones', () => {
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    const first = simulatePushes({ runner: '1', orders, seconds: 4 });
    const second = simulatePushes({ runner: '2', orders, seconds: 4 });
    const seen: unknown[] = [];
    for (let position = 0; position < 4; position += 1) {
      for (const pushes of [first, second]) {
        const push = pushes[position];
        if (push !== undefined) accumulator.apply(push);
      }
      const { elapsedMs, started, outcomes, lastSecond, inFlight } = accumulator.live();
      seen.push([elapsedMs, started, outcomes.created, outcomes.throttled, inFlight]);
      expect(lastSecond).toMatchObject({ started: 20, resolved: 20, success: 18 });
      expect(lastSecond.p95Ms).toBeGreaterThan(19.7);
      expect(lastSecond.p95Ms).toBeLessThan(20.3);
    }
    // Where no loop says how many are in flight, each waits in a VU.
    expect(seen).toEqual([
      [995, 20, 18, 2, 14],
      [1995, 40, 36, 4, 14],
      [2995, 60, 54, 6, 14],
      [3995, 80, 72, 8, 14],
    ]);
  });

  it('counts what was dropped in the last second only', () => {
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    const pushes = simulatePushes({ orders, seconds: 3, stale: false });
    for (const [position, total] of [4, 9, 9].entries()) {
      const atMs = SCENARIO_START_MS + position * 1000 + 995;
      const labels = { run: 'r', runner: '1', scenario: 'steady' };
      const dropped = sample('k6_dropped_iterations_total', labels, atMs, total);
      accumulator.apply({ series: [...(pushes[position]?.series ?? []), dropped] });
      expect(accumulator.live().dropped).toBe(total);
      expect(accumulator.live().lastSecond.dropped).toBe([4, 5, 0][position]);
    }
  });

  it('takes off the started orders what could not be sent after all', () => {
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    const lost = (startMs: number, latencyMs: number, notSent: NotSentReason) => ({
      ...{ startMs, latencyMs, step: 'base', outcome: null, notSent },
    });
    const all = [
      ...orders,
      ...[lost(50, 1200, 'descriptors'), lost(60, 0, 'inFlight'), lost(1070, 0, 'inFlight')],
    ];
    const seen: unknown[] = [];
    for (const push of simulatePushes({ orders: all, seconds: 3, stale: false })) {
      accumulator.apply(push);
      const { started, dropped, lastSecond } = accumulator.live();
      seen.push([started, dropped, lastSecond.started, lastSecond.dropped]);
    }
    expect(seen).toEqual([
      [11, 1, 11, 1],
      [20, 3, 9, 2],
      [30, 3, 10, 0],
    ]);
  });

  it('never has a second with fewer orders than none', () => {
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    const lost = { startMs: 10, latencyMs: 1500, step: 'base', outcome: null } as const;
    const all = [1, 2, 3].map(() => ({ ...lost, notSent: 'memory' as const }));
    for (const push of simulatePushes({ orders: all, seconds: 2, stale: false }))
      accumulator.apply(push);
    expect(accumulator.live()).toMatchObject({ started: 0, dropped: 3 });
    expect(accumulator.live().lastSecond).toMatchObject({ started: 0, dropped: 3 });
    accumulator.runners();
    expect(accumulator.recent().map(({ started }) => started)).toEqual([3, 0]);
  });

  it('does not count a push twice that comes twice', () => {
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    const pushes = simulatePushes({ orders, seconds: 3, stale: false });
    for (const push of [...pushes, ...pushes]) accumulator.apply(push);
    expect(accumulator.live().started).toBe(30);
    expect(accumulator.live().lastSecond.started).toBe(10);
  });
});

describe('recent', () => {
  it('holds settled seconds, all runners together', () => {
    const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
    for (const runner of ['1', '2']) {
      for (const push of simulatePushes({ runner, orders, seconds: 4 })) accumulator.apply(push);
    }
    accumulator.runners();
    const recent = accumulator.recent();
    expect(recent.map(({ started }) => started)).toEqual([20, 20, 20, 20]);
    expect(recent.map(({ outcomes }) => outcomes.throttled)).toEqual([2, 2, 2, 2]);
  });
});
