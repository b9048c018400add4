import { expect, it } from 'vitest';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import { CONTRACT_SCENARIO } from '../../../lib/core/telemetry/metric-names.ts';
import { SCENARIO_START_MS, sample } from './simulated-runner.ts';

const AT = SCENARIO_START_MS + 1000;

function telemetryOf(
  counts: readonly (readonly [metric: string, scenario: string, value: number])[],
) {
  const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r1' });
  const series = counts.map(([metric, scenario, value], nth) =>
    sample(
      metric,
      { run: 'r1', runner: '1', scenario, step: scenario, group: `${nth}` },
      AT,
      value,
    ),
  );
  accumulator.apply({ series });
  return { live: accumulator.live(), runner: accumulator.runners()[0] };
}

it('adds up what k6 dropped in each of its scenarios, but for the warm-up', () => {
  const { runner } = telemetryOf([
    ['k6_orders_started_total', 'r1-a', 100],
    ['k6_dropped_iterations_total', 'r1-a', 1],
    ['k6_dropped_iterations_total', 'r1-a', 2],
    ['k6_dropped_iterations_total', 'r1-b', 4],
    ['k6_dropped_iterations_total', 'warmup', 5],
  ]);
  expect(runner?.dropped).toBe(7);
  expect(runner?.notSent).toEqual({
    'r1-a': { virtualUsers: 3 },
    'r1-b': { virtualUsers: 4 },
  });
  expect(runner?.warmup.dropped).toBe(5);
  expect(runner?.steps).toMatchObject({ 'r1-a': { started: 100 } });
});

it('takes nothing of the checks of the contract for load', () => {
  const { runner, live } = telemetryOf([
    ['k6_orders_started_total', 'smoke', 10],
    ['k6_orders_started_total', CONTRACT_SCENARIO, 50],
    ['k6_dropped_iterations_total', CONTRACT_SCENARIO, 50],
  ]);
  expect(live.started).toBe(10);
  expect(runner).toMatchObject({ dropped: 0, steps: { smoke: { started: 10 } } });
  expect(Object.keys(runner?.steps ?? {})).toEqual(['smoke']);
});
