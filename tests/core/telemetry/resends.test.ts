import { expect, it } from 'vitest';
import { countOf } from '../../../lib/core/histogram/count.ts';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import type { DecodedSeries } from '../../../lib/core/telemetry/decoded-push.ts';
import { fromValues } from '../histogram/from-values.ts';
import { SCENARIO_START_MS, sample, simulatePushes, toNative } from './simulated-runner.ts';

const NEWEST_MS = SCENARIO_START_MS + 1995;
const labels = { run: 'r', runner: '1', scenario: 'burst' };
const orders = Array.from({ length: 10 }, (_, i) => ({
  startMs: i * 100,
  latencyMs: 20,
  step: 'base',
  outcome: 'created' as const,
}));

const resent = (step: string, count: number, changes = {}): DecodedSeries =>
  sample('k6_orders_resent_total', { ...labels, step, ...changes }, NEWEST_MS, count);

function again(step: string, outcome: string, first: string, values: number[]): DecodedSeries {
  const all = { ...labels, step, outcome, first };
  return {
    labels: { __name__: 'k6_order_resend_pow8', ...all },
    samples: [],
    histograms: [toNative(fromValues(values), NEWEST_MS)],
  };
}

function accumulate(...series: readonly DecodedSeries[]) {
  const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
  const [first, ...others] = simulatePushes({ orders, seconds: 3 });
  if (first === undefined) throw new Error('there is no push');
  accumulator.apply(first);
  accumulator.apply({ series });
  for (const push of others) accumulator.apply(push);
  return accumulator;
}

function countsOf(latencyByOutcome: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(latencyByOutcome).map(([outcome, histogram]) => [outcome, countOf(histogram)]),
  );
}

it('keeps second sends apart from the orders, and tells those of served orders', () => {
  const accumulator = accumulate(
    resent('base', 6),
    resent('burst', 2),
    again('base', 'duplicate', 'created', [5, 6]),
    again('base', 'duplicate', 'timeout', [7]),
    again('base', 'throttled', 'duplicate', [1]),
    again('burst', 'created', 'throttled', [9]),
  );
  expect(accumulator.live()).toMatchObject({ started: 10, resent: 8 });
  const [runner] = accumulator.runners();
  expect(runner?.resends.sent).toBe(8);
  expect(countsOf(runner?.resends.latencyByOutcome ?? {})).toEqual({
    duplicate: 3,
    throttled: 1,
    created: 1,
  });
  expect(countsOf(runner?.resends.servedBefore ?? {})).toEqual({ duplicate: 2, throttled: 1 });
  expect(Object.keys(runner?.steps ?? {})).toEqual(['base']);
  expect(runner?.steps['base']?.started).toBe(10);
  expect(countsOf(runner?.steps['base']?.latencyByOutcome ?? {})).toEqual({ created: 10 });
  const inWindows = runner?.windows.reduce((sum, window) => sum + window.started, 0);
  expect(inWindows).toBe(10);
});

it('raises a counter that lost its end to what came to an outcome in its step', () => {
  const [runner] = accumulate(
    resent('base', 1),
    again('base', 'duplicate', 'created', [5, 6]),
    resent('burst', 4),
  ).runners();
  expect(runner?.resends.sent).toBe(6);
});

it('leaves out those of a warm-up', () => {
  const [runner] = accumulate(resent('warmup', 3, { scenario: 'warmup' })).runners();
  expect(runner?.resends.sent).toBe(0);
});

it('faults an outcome that it does not know', () => {
  const [runner] = accumulate(again('base', 'lost', 'created', [5])).runners();
  expect(runner?.faults).toEqual([
    'order_resend_pow8 (runner 1, step base, outcome lost, first created) has the unknown outcome "lost"',
  ]);
});
