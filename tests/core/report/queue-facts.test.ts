import { describe, expect, it } from 'vitest';
import {
  acceptedSample,
  isNoted,
  isSampled,
  parseAccepted,
  renderAccepted,
} from '../../../lib/core/load/accepted-sample.ts';
import { clockOffset } from '../../../lib/core/report/clock-offset.ts';
import { lagStats, queueFacts } from '../../../lib/core/report/queue-facts.ts';

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
    const order = { iteration: 7, acceptedMs: 1_700_000_000_123 };
    const texts = [renderAccepted(order), '{"accepted":[1]}', '{"check":0}', 'accepted 1 2'];
    expect(parseAccepted(texts)).toEqual([order]);
  });
});

describe('clockOffset', () => {
  it('finds how far a clock is ahead to about a round trip', () => {
    const answers = Array.from({ length: 200 }, (_, i) => {
      const sentMs = 1_000_000 + i * 37;
      const serverMs = sentMs + 10 + 2345;
      return { sentMs, receivedMs: sentMs + 20, dateMs: Math.floor(serverMs / 1000) * 1000 };
    });
    const offset = clockOffset(answers);
    expect(Math.abs((offset?.offsetMs ?? 0) - 2345)).toBeLessThan(offset?.uncertaintyMs ?? 0);
    expect(offset?.uncertaintyMs).toBeLessThan(40);
  });

  it('is unknown without answers, and where they contradict each other', () => {
    expect(clockOffset([])).toBeNull();
    const at = (sentMs: number, dateMs: number) => ({ sentMs, receivedMs: sentMs + 1, dateMs });
    expect(clockOffset([at(1000, 9000), at(1000, 1000)])).toBeNull();
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

  it("takes the target's clock off the lag, and keeps the last orders out of it", () => {
    const accepted = [0, 1, 2].map((iteration) => ({ iteration, acceptedMs: 1000 + iteration }));
    const [inside] = accepted.filter(({ iteration }) => isSampled(iteration, 0.2));
    const iteration = inside?.iteration ?? -1;
    const storedAtMs = new Map<number, number | null>(
      accepted.map((order) => [order.iteration, order.acceptedMs + 2000 + 500]),
    );
    const dated = (dateMs: number, offsetMs: number) => ({
      sentMs: dateMs - offsetMs,
      receivedMs: dateMs - offsetMs,
      dateMs,
    });
    const facts = queueFacts({
      share: 0.2,
      accepted,
      stored: {
        storedAtMs,
        readErrors: 0,
        // The first answer bounds the offset from below, the second from above.
        answers: [dated(50_000, 2000), { sentMs: 49_000, receivedMs: 49_000, dateMs: 50_000 }],
        waitedMs: 10,
        endedMs: 2000,
      },
      limitMs: 60_000,
      sameClock: false,
      platform: null,
    });
    expect(iteration).not.toBe(-1);
    expect(facts.clock).toMatchObject({ offsetMs: 2000, uncertaintyMs: 0 });
    expect(facts.sample).toMatchObject({ accepted: 1, stored: 1, lagMs: { count: 1, p50: 500 } });
    expect(facts.wait).toMatchObject({ lastStoredMs: 500, recentlyStored: true });
    expect(facts.platform).toBeNull();
  });
});
