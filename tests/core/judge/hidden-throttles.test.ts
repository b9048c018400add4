import { expect, it } from 'vitest';
import type { FunctionReading } from '../../../lib/core/lambda/platform-reading.ts';
import { type ClientCounts, platformFigures } from '../../../lib/core/report/platform-figures.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { repeat } from '../report/sample-run.ts';
import { rampReport, type Target } from './sample-steps.ts';

/** A REST API before a function that takes 100/s: what Lambda refuses comes as a 500 without a reason. */
const rest: Target = (rate, orders) => {
  const served = Math.round(orders * Math.min(1, 100 / rate));
  return { created: repeat(served, 20), platformRejected: repeat(orders - served, 2) };
};

/** The limit of a ramp whose lens counted throttles, `share` of the rejections that the client saw. */
function limitOf(share: number | null) {
  const report = rampReport(rest);
  const { platformRejected } = report.requests.outcomes;
  const entry: FunctionReading = {
    ...{ name: 'create-order', invocations: 1, coldStarts: 0, throttlesByReason: {} },
    ...{ peakConcurrency: 1, busyMs: 1, billedMs: 1, billedGbSeconds: 1, gauges: [], memory: [] },
    throttles: Math.round(platformRejected * (share ?? 0)),
  };
  const client: ClientCounts = {
    ...{ coldStarts: 0, throttles: 0, stored: 0, unseen: 0, unmeasured: null, loadedMs: 1000 },
    platformRejected,
  };
  const reading = {
    ...{ lens: 'local' as const, source: 'counted', gatewayThrottles: 0, storedOrders: null },
    ...{ queue: null, notes: [], functions: [entry] as const },
  };
  const platform = share === null ? {} : { platform: platformFigures(reading, client) };
  const { capacity } = answerReport({
    ...report,
    lambda: { ...report.lambda, ...platform },
  }).answers;
  return capacity;
}

it('calls rejections without a reason throttled where the platform counted as many throttles', () => {
  expect(limitOf(1)).toMatchObject({ ratePerSecond: 88.9, limit: 'throttled' });
  expect(limitOf(1)?.why).toContain('which the platform counted as throttles');
  expect(limitOf(0.6)?.limit).toBe('throttled');
});

it.each([
  ['no lens looked', null],
  ['the platform counted none', 0],
  ['it counted far fewer', 0.1],
  ['it counted far more, of others', 10],
])('calls them errors where %s', (_, share) => {
  expect(limitOf(share)).toMatchObject({ ratePerSecond: 88.9, limit: 'errors' });
});
