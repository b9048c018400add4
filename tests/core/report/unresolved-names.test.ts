import { expect, it } from 'vitest';
import { countUnresolvedNames } from '../../../lib/core/report/unresolved-names.ts';
import { sampleReport, sampleRunner } from './sample-run.ts';

/** Two timeouts before anything was sent, and one that waited for its answer. */
const shape = {
  latencies: { created: Array.from({ length: 997 }, () => 20), timeout: [0, 0, 5000] },
};

it('counts orders that waited for a name as not sent where the name server failed', () => {
  const context = { generator: { cpuSeconds: 1, peakRssBytes: 1e8, nameServerFailed: true } };
  const { requests, generator, windows } = sampleReport(shape, { context });
  expect(requests).toMatchObject({ offered: 1000, total: 998, dropped: 2, unresolved: 0 });
  expect(requests.outcomes).toMatchObject({ created: 997, timeout: 1 });
  expect(generator.notSent).toEqual([{ why: 'nameServer', orders: 2 }]);
  expect(windows.reduce((sum, { sent }) => sum + sent, 0)).toBe(998);
  expect(windows.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(2);
});

it('leaves them the timeouts of a target that takes no connection where it did not', () => {
  const { requests, generator } = sampleReport(shape);
  expect(requests).toMatchObject({ total: 1000, dropped: 0 });
  expect(requests.outcomes.timeout).toBe(3);
  expect(generator.notSent).toEqual([]);
});

it('takes what were no timeouts out of the failures as well', () => {
  const way = { error: '', arm: null, firstMs: 0, lastMs: 1000 } as const;
  const runner = sampleRunner({
    latencies: { created: [20], timeout: [0, 0, 5000], rejected: [3] },
    changes: {
      failures: [
        { ...way, outcome: 'rejected', status: 400, orders: 1 },
        { ...way, outcome: 'timeout', status: 0, error: 'request timeout', orders: 3 },
      ],
    },
  });
  const { failures, notSent } = countUnresolvedNames(runner);
  expect(notSent).toEqual({ steady: { nameServer: 2 } });
  expect(failures).toMatchObject([
    { outcome: 'rejected', orders: 1 },
    { outcome: 'timeout', orders: 1 },
  ]);
});
