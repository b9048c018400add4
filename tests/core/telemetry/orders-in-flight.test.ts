import { describe, expect, it } from 'vitest';
import { type Accumulator, createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import { SCENARIO_START_MS, sample } from './simulated-runner.ts';

/** What one loop of a runner said in a second of the load. */
type Said = readonly [second: number, runner: string, loop: string, orders: number];

function accumulate(said: readonly Said[], scenario = 'burst', windowMs = 1000): Accumulator {
  const accumulator = createAccumulator({ windowMs, expectRun: 'r' });
  for (const second of new Set(said.map(([at]) => at))) say(accumulator, second, said, scenario);
  return accumulator;
}

function say(
  accumulator: Accumulator,
  second: number,
  said: readonly Said[],
  scenario = 'burst',
): void {
  const atMs = SCENARIO_START_MS + second * 1000 + 990;
  for (const runner of new Set(said.map(([, name]) => name))) {
    const labels = { run: 'r', runner, scenario };
    accumulator.apply({
      series: [
        sample('k6_orders_started_total', { ...labels, step: 'base' }, atMs, 10 * (second + 1)),
        sample('k6_vus', { run: 'r', runner }, atMs, 2),
        ...said
          .filter(([at, name]) => at === second && name === runner)
          .map(([, , loop, orders]) =>
            sample('k6_orders_in_flight', { ...labels, loop, step: 'all' }, atMs, orders),
          ),
      ],
    });
  }
}

const inWindows = (accumulator: Accumulator) =>
  accumulator.runners().map(({ windows }) => windows.map(({ inFlight }) => inFlight));

describe('orders in flight', () => {
  const two: readonly Said[] = [
    ...[[0, '1', '0', 5] as const, [0, '1', '1', 7] as const, [0, '2', '0', 100] as const],
    ...[[1, '1', '0', 6] as const, [1, '1', '1', 3] as const, [1, '2', '0', 200] as const],
  ];

  it('are those of all loops of a runner, window by window', () => {
    expect(inWindows(accumulate(two))).toEqual([
      [12, 9],
      [100, 200],
    ]);
  });

  it('are the most of a window that is longer than a second', () => {
    expect(inWindows(accumulate(two, 'burst', 2000))).toEqual([[12], [200]]);
  });

  it('are what a loop said last, while it has nothing new to say', () => {
    const said: readonly Said[] = [
      [0, '1', '0', 5],
      [0, '1', '1', 7],
      [1, '1', '1', 9],
    ];
    expect(inWindows(accumulate(said))).toEqual([[12, 14]]);
  });

  it('are not known where no loop says so: VUs are counted apart', () => {
    const accumulator = accumulate([]);
    say(accumulator, 0, [[9, '1', '0', 1]]);
    const [runner] = accumulator.runners();
    expect(runner?.windows).toMatchObject([{ inFlight: null, vus: 2 }]);
  });

  it('of a warm-up are in no window', () => {
    const accumulator = accumulate([[0, '1', '0', 50]], 'warmup');
    say(accumulator, 1, [[1, '1', '0', 4]]);
    expect(inWindows(accumulator)).toEqual([[4]]);
  });
});

describe('live orders in flight', () => {
  it('are those of all loops of all runners', () => {
    const accumulator = accumulate([
      [0, '1', '0', 5],
      [0, '1', '1', 7],
      [0, '2', '0', 100],
    ]);
    expect(accumulator.live().inFlight).toBe(112);
  });

  it('are those of a warm-up while it lasts, and not its last ones after it', () => {
    const accumulator = accumulate([[0, '1', '0', 50]], 'warmup');
    expect(accumulator.live().inFlight).toBe(50);
    say(accumulator, 1, [[1, '1', '0', 4]]);
    expect(accumulator.live().inFlight).toBe(4);
  });

  it('are those of runners that still speak', () => {
    const accumulator = accumulate([
      [0, '1', '0', 5],
      [0, '2', '0', 100],
    ]);
    say(accumulator, 4, [[4, '1', '0', 6]]);
    expect(accumulator.live().inFlight).toBe(6);
  });
});
