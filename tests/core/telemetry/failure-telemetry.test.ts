import { describe, expect, it } from 'vitest';
import { createAccumulator } from '../../../lib/core/telemetry/accumulator.ts';
import type { DecodedSeries } from '../../../lib/core/telemetry/decoded-push.ts';
import { parseFailureExample } from '../../../lib/core/telemetry/failure-example.ts';
import type { RunnerTelemetry } from '../../../lib/core/telemetry/tally.ts';
import { fromValues } from '../histogram/from-values.ts';
import { SCENARIO_START_MS, sample, toNative } from './simulated-runner.ts';

const common = { run: 'r', runner: '1', scenario: 'burst' };

function failed(
  count: number,
  atMs: number,
  tags: Readonly<Record<string, string>>,
): DecodedSeries {
  const ones = fromValues(Array.from({ length: count }, () => 1));
  return {
    labels: { __name__: 'k6_orders_failed', ...common, step: 'all', error: '', ...tags },
    samples: [],
    histograms: [toNative(ones, SCENARIO_START_MS + atMs)],
  };
}

/** Pushes of one k6, each a list of series. */
function runnerOf(pushes: readonly (readonly DecodedSeries[])[]): RunnerTelemetry {
  const accumulator = createAccumulator({ windowMs: 1000, expectRun: 'r' });
  for (const series of pushes) {
    const start = sample('k6_order_scenario_start_ms', common, SCENARIO_START_MS, 1);
    accumulator.apply({ series: [start, ...series] });
  }
  const [runner] = accumulator.runners();
  if (runner === undefined) throw new Error('there is no runner');
  return runner;
}

const rejected = { outcome: 'rejected', status: '401' };
const refused = { outcome: 'connection', status: '0', error: 'dial: connection refused' };

describe('failures', () => {
  it('are counted by outcome, status, error and arm, with the seconds in which they were seen', () => {
    const { failures, faults } = runnerOf([
      [failed(3, 990, rejected), failed(1, 995, { ...rejected, arm: 'b' })],
      [failed(3, 990, rejected), failed(4, 1990, refused)],
      [failed(8, 2990, rejected)],
    ]);
    expect(faults).toEqual([]);
    const at = (fromMs: number, toMs: number) => ({
      firstMs: SCENARIO_START_MS + fromMs,
      lastMs: SCENARIO_START_MS + toMs,
    });
    expect(failures).toEqual([
      { outcome: 'rejected', status: 401, error: '', arm: null, orders: 8, ...at(-5, 2990) },
      { outcome: 'rejected', status: 401, error: '', arm: 'b', orders: 1, ...at(-5, 995) },
      {
        ...{ outcome: 'connection', status: 0, error: refused.error, arm: null, orders: 4 },
        ...at(990, 1990),
      },
    ]);
  });

  it('of a warm-up are in none', () => {
    expect(runnerOf([[failed(3, 990, { ...rejected, scenario: 'warmup' })]]).failures).toEqual([]);
  });

  it('of a server that makes up statuses cost a run nothing but their telling apart', () => {
    const statuses = Array.from({ length: 900 }, (_, i) => String(100 + i));
    const many = statuses.map((status) => failed(1, 990, { outcome: 'rejected', status }));
    const { failures, faults } = runnerOf([many]);
    expect(faults).toEqual([]);
    expect(failures).toHaveLength(500);
  });

  it('of an outcome that nobody knows are a fault', () => {
    const { faults } = runnerOf([[failed(1, 990, { outcome: 'whim', status: '401' })]]);
    expect(faults).toEqual([expect.stringContaining('has the unknown outcome "whim"')]);
  });
});

describe('parseFailureExample', () => {
  const example = {
    ...{ outcome: 'rejected', status: 403, error: '', arm: null, atMs: 1, words: '' },
    ...{ headers: { Server: 'nginx' }, body: '{}', bodyCharacters: 2 },
  };

  it('reads what the k6 side hands over', () => {
    expect(parseFailureExample(JSON.stringify(example))).toEqual(example);
  });

  it('takes no header that is not asked for', () => {
    const headers = { Server: 'nginx', 'Set-Cookie': 'a=b' };
    expect(parseFailureExample(JSON.stringify({ ...example, headers }))).toEqual(example);
  });

  it.each(['', '{', 'null', '1', '{}', '{"headers":{}}', JSON.stringify({ ...example, body: 1 })])(
    'makes nothing of %j, which a scenario may print',
    (text) => {
      expect(parseFailureExample(text)).toBeNull();
    },
  );
});
