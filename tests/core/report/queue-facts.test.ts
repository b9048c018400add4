import { describe, expect, it } from 'vitest';
import type { PlatformReading } from '../../../lib/core/lambda/platform-reading.ts';
import {
  acceptedSample,
  isNoted,
  isSampled,
  parseAccepted,
  renderAccepted,
} from '../../../lib/core/load/accepted-sample.ts';
import { lagStats } from '../../../lib/core/report/queue-facts.ts';
import { simulatePath } from '../reads/simulated-api.ts';

const plan = (rate: number, seconds: number) => ({
  stages: [{ name: 'batch', durationSeconds: seconds, fromRate: rate, toRate: rate }],
});

describe('the sample of accepted orders', () => {
  it.each([10, 25, 100])('is spread evenly over batches of %i', (batchSize) => {
    const share = 0.08;
    const positions = new Set<number>();
    let sampled = 0;
    for (let i = 0; i < 10_000; i++) {
      if (!isSampled(i, share)) continue;
      sampled += 1;
      positions.add(i % batchSize);
    }
    expect(sampled).toBeGreaterThan(795);
    expect(sampled).toBeLessThan(805);
    expect(positions.size).toBe(batchSize);
  });

  it('is bounded however large the load, with the last second on top', () => {
    const sample = acceptedSample(plan(1000, 3600));
    let noted = 0;
    for (let i = 0; i < 3_600_000; i++) if (isNoted(sample, i, i)) noted += 1;
    expect(noted).toBeGreaterThan(800);
    expect(noted).toBeLessThan(1000);
    expect(acceptedSample(plan(10, 10)).share).toBe(1);
  });

  it('is read back from what was handed over, and from nothing else', () => {
    const order = { iteration: 7, acceptedMs: 1_700_000_000_123, sentMs: 1_700_000_000_100 };
    const texts = [renderAccepted(order), '{"accepted":[1,2]}', '{"check":0}', 'accepted 1 2'];
    expect(parseAccepted(texts)).toEqual([order]);
  });
});

describe('queueFacts', () => {
  it('counts orders that were not stored as later than all others', () => {
    expect(lagStats([1, 2, 3, 4, 5, 6, 7, 8, 9], 1)).toEqual({
      count: 10,
      p50: 5,
      p95: null,
      p99: null,
      max: null,
    });
    expect(lagStats([], 0)).toMatchObject({ count: 0, p50: null });
  });

  it('keeps the last orders out of the lag, and takes drain from them', () => {
    const { facts, accepted } = simulatePath({
      ...{ seed: 1, ratePerSecond: 100, loadMs: 20_000, waitMs: 60_000 },
      lagMs: () => 500,
    });
    const { sample, wait } = facts;
    expect(sample.accepted).toBeLessThan(accepted.length);
    expect(sample).toMatchObject({ asked: sample.accepted, stored: sample.accepted, lost: 0 });
    expect(sample.lagMs).toMatchObject({ count: sample.accepted, p50: 500, max: 500 });
    expect(wait).toMatchObject({ lastStoredMs: 500, recentlyStored: true });
    expect(facts.platform).toBeNull();
  });

  it('says of each figure that the platform does not have why', () => {
    const counts = { invocations: 1, coldStarts: 0, throttles: 0, throttlesByReason: {} };
    const bill = { peakConcurrency: 1, busyMs: 1, billedMs: 1, billedGbSeconds: 1 };
    const unknown = { batchFill: null, waiting: null, deadLetters: null, lagMs: null };
    const platform: PlatformReading = {
      ...{ lens: 'local', source: 'counted', gatewayThrottles: 0, storedOrders: null },
      functions: [{ name: 'enqueue-order', ...counts, ...bill, gauges: [], memory: [] }],
      queue: {
        ...{ sent: 0, redelivered: 0, batches: 0, ...unknown },
        missing: { batchFill: 'there was no batch', deadLetters: 'no answer' },
      },
      missing: { storedOrders: 'the store did not say' },
      notes: ['another thing'],
    };
    const { facts } = simulatePath({
      ...{ seed: 1, ratePerSecond: 1, loadMs: 1000, waitMs: 1000, lagMs: () => 5, platform },
    });
    expect(facts.platform).toMatchObject({
      sent: { value: 0, note: 'counted' },
      stored: { value: null, note: 'the store did not say' },
      batchFill: { value: null, note: 'there was no batch' },
      deadLetters: { value: null, note: 'no answer' },
      waiting: { value: null, note: 'the platform does not report it' },
    });
  });

  it('has the lag under load apart from cold starts, and from orders whose batch was never filled', () => {
    const { facts } = simulatePath({
      ...{ seed: 1, ratePerSecond: 20, loadMs: 20_000, waitMs: 60_000 },
      lagMs: (i) => (i < 320 && i > 80 ? 500 : 20_000),
    });
    expect(facts.sample.lagMs.p95).toBe(20_000);
    expect(facts.sample.underLoadLagMs).toMatchObject({ p50: 500, p99: 500, max: 500 });
    expect(facts.sample.underLoadLagMs?.count).toBeGreaterThan(190);
    expect(facts.sample.underLoadLagMs?.count).toBeLessThanOrEqual(201);
  });

  it('counts orders under load that are not there as later than the others, too', () => {
    const path = { seed: 1, ratePerSecond: 20, loadMs: 20_000, waitMs: 30_000 };
    const { facts } = simulatePath({ ...path, lagMs: (i) => (i % 10 === 0 ? null : 500) });
    expect(facts.sample.underLoadLagMs).toMatchObject({ p50: 500, p95: null });
  });

  it('knows no drain where one of the last orders did not tell its time', () => {
    const path = { seed: 1, ratePerSecond: 20, loadMs: 10_000, waitMs: 10_000 };
    const { facts } = simulatePath({ ...path, lagMs: (i) => (i === 198 ? null : 500) });
    expect(facts.wait.lastStoredMs).toBeNull();
    expect(simulatePath({ ...path, lagMs: () => 500 }).facts.wait.lastStoredMs).toBe(500);
  });
});
