import { describe, expect, it } from 'vitest';
import { batchLoad, withBatchDuration } from '../../../order-api/queue/batch-duration.ts';
import { createFakeClock } from '../lambda/fake-clock.ts';

describe('batchLoad', () => {
  it.each([
    [1, 'batch', 1, 1],
    [25, 'batch', 1, 1],
    [100, 'batch', 2.5, 1],
    [1_000, 'batch', 25, 1.5],
    [10_000, 'batch', 250, 10],
    [1, 'conditional', 1, 1],
    [10, 'conditional', 5, 1],
    [100, 'conditional', 50, 2],
  ] as const)(
    'of %i orders in %s mode is %f calls of CPU, %f of waiting',
    (orders, mode, work, io) => {
      expect(batchLoad(orders, mode)).toEqual({ work, io });
    },
  );
});

describe('withBatchDuration', () => {
  function time(orders: number, realMs: number, factor?: number, memoryLimitInMB = '1769') {
    const clock = createFakeClock();
    const handler = withBatchDuration(
      async () => {
        clock.advance(realMs);
        return { batchItemFailures: [] };
      },
      {
        duration: { workMs: 10, ioMs: 6 },
        writeMode: 'batch',
        nowMs: clock.nowMs,
        wait: async (ms) => clock.advance(ms),
        ...(factor !== undefined && { durationFactor: () => factor }),
      },
    );
    const Records = Array.from({ length: orders }, (_, i) => ({ messageId: `m${i}`, body: '' }));
    const context = { functionName: 'f', memoryLimitInMB, awsRequestId: 'r' };
    return handler({ Records }, context).then(clock.nowMs);
  }

  it('leaves the first call to the platform and adds the others', async () => {
    expect(await time(25, 0)).toBe(6);
    expect(await time(1_000, 0)).toBe(9 + 240);
  });

  it('lets the real calls stand in for modelled waiting', async () => {
    expect(await time(1_000, 5)).toBe(9 + 240);
    expect(await time(1_000, 50)).toBe(50 + 240);
  });

  it('takes the CPU that the function has at the time of the call', async () => {
    expect(await time(1_000, 0, 1, '884.5')).toBe(9 + 480);
  });

  it('stretches what it adds, not the real calls', async () => {
    expect(await time(1_000, 0, 2)).toBe(18 + 480);
    expect(await time(1_000, 50, 2)).toBe(50 + 480);
  });
});
