import { describe, expect, it } from 'vitest';
import type { PlatformReading } from '../../../lib/core/lambda/platform-reading.ts';
import { fromValues } from '../histogram/from-values.ts';
import { repeat, sampleContext, sampleReport } from './sample-run.ts';

/** 1,000 orders of 20 ms each by the handler, and of 4 of them with 400 ms of INIT before. */
const SHAPE = {
  changes: {
    handler: fromValues(repeat(1000, 20)),
    init: fromValues(repeat(4, 400)),
    cold: 4,
    timingSeen: true,
  },
};
const { target } = sampleContext();

function platform(more: object): PlatformReading {
  const counts = { invocations: 1000, coldStarts: 4, throttles: 0, throttlesByReason: {} };
  const bill = { peakConcurrency: 1, busyMs: 1, billedMs: 1, billedGbSeconds: 23.5 };
  return {
    ...{ lens: 'aws', source: 'counted', gatewayThrottles: null, storedOrders: null },
    ...{ queue: null, notes: [] },
    functions: [{ name: 'orders', ...counts, ...bill, gauges: [], memory: [], ...more }],
  };
}

const memoryTime = (report: ReturnType<typeof sampleReport>) => report.cost.after.items[2];

describe('the cost of a run', () => {
  it('has the INIT that responses reported', () => {
    const context = { target: { ...target, memoryMb: 1024, architecture: 'arm' as const } };
    const { cost } = sampleReport(SHAPE, { context });
    // 1,000 × 20 ms + 4 × 400 ms at 1 GB; histograms are exact to 1.1%.
    expect(cost.after.items[2]?.name).toBe('Lambda memory-time (arm)');
    expect((cost.after.items[2]?.quantity ?? 0) / 21.6).toBeCloseTo(1, 1);
    expect((cost.after.items[2]?.quantity ?? 0) - 20).toBeGreaterThan(1.5);
    expect(cost.after.assumptions.join()).not.toMatch(/INIT|price of/);
    expect(cost.before.assumptions.join()).toMatch(/no INIT of cold starts/);
  });

  it('says that it has none where no response told of cold starts', () => {
    const { cost } = sampleReport({ changes: { handlerSeen: false } });
    expect(cost.after.assumptions).toEqual(
      expect.arrayContaining(['the price of x86', 'no INIT of cold starts']),
    );
  });

  it('is that of the memory-time that the platform billed, where a lens read it', () => {
    const report = sampleReport(SHAPE, { context: { platform: platform({}) } });
    expect(memoryTime(report)?.quantity).toBe(23.5);
    const unread = { platform: platform({ billedGbSeconds: null }) };
    expect(memoryTime(sampleReport(SHAPE, { context: unread }))?.quantity).not.toBe(23.5);
    const blind = { platform: { lens: 'aws' as const, problem: 'no permission' } };
    expect(memoryTime(sampleReport(SHAPE, { context: blind }))?.quantity).not.toBe(23.5);
  });

  it('knows memory and processor from the function’s configuration, where a lens read it', () => {
    const settings = { memoryMb: 1769, architecture: 'arm' as const };
    const report = sampleReport(SHAPE, { context: { platform: platform({ settings }) } });
    expect(report.target).toMatchObject(settings);
    expect(memoryTime(report)).toMatchObject({ name: 'Lambda memory-time (arm)' });
    expect(report.cost.before.items[2]?.name).toBe('Lambda memory-time (arm)');
    expect(sampleReport(SHAPE).target).not.toHaveProperty('architecture');
  });
});
