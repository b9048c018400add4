import { describe, expect, it } from 'vitest';
import { cpuMs, drawCpuMs, remainingMs } from '../../../order-api/lambda/duration-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';

const MODEL = { workMs: 10, ioMs: 5, memoryMb: 1769 };

describe('cpuMs', () => {
  it('is the work itself from one vCPU upwards', () => {
    expect(cpuMs(MODEL)).toBe(10);
    expect(cpuMs({ ...MODEL, memoryMb: 3538 })).toBe(10);
  });

  it('stretches the work by the share of a vCPU that the memory buys', () => {
    expect(cpuMs({ ...MODEL, memoryMb: 1769 / 4 })).toBeCloseTo(40);
  });
});

describe('drawCpuMs', () => {
  it.each([128, 256, 512, 1024])(
    'pauses in whole quota periods at %i MB, with the mean of cpuMs',
    (memoryMb) => {
      const model = { workMs: 3.7, ioMs: 0, memoryMb };
      const random = seededRandom(1);
      const pauseMs = 20 - (20 * memoryMb) / 1769;
      const pauses = new Set<number>();
      let sum = 0;
      for (let call = 0; call < 50_000; call += 1) {
        const drawn = drawCpuMs(model, random);
        sum += drawn;
        const count = (drawn - model.workMs) / pauseMs;
        expect(count).toBeCloseTo(Math.round(count), 9);
        pauses.add(Math.round(count));
      }
      expect(Math.abs(sum / 50_000 / cpuMs(model) - 1)).toBeLessThan(0.01);
      expect(Math.max(...pauses) - Math.min(...pauses)).toBe(1);
    },
  );

  it('is the work itself from one vCPU upwards, and nothing without work', () => {
    expect(drawCpuMs(MODEL, seededRandom(1))).toBe(10);
    expect(drawCpuMs({ ...MODEL, workMs: 0, memoryMb: 128 }, seededRandom(1))).toBe(0);
  });

  it('comes nearer than the mean to warm calls with the SDK at 128 MB (71 ms at the median)', () => {
    const random = seededRandom(1);
    const warm = { workMs: 3.7, ioMs: 5.2, memoryMb: 128 };
    const calls = Array.from({ length: 10_001 }, () => drawCpuMs(warm, random) + warm.ioMs);
    const median = calls.sort((a, b) => a - b)[5_000] ?? 0;
    expect(Math.abs(median / 71 - 1)).toBeLessThan(0.1);
    expect((cpuMs(warm) + warm.ioMs) / 71 - 1).toBeLessThan(-0.2);
  });
});

describe('remainingMs', () => {
  it('lets the real call stand in for the modelled I/O', () => {
    expect(remainingMs(MODEL, 0)).toBe(15);
    expect(remainingMs(MODEL, 3)).toBe(12);
    expect(remainingMs(MODEL, 50)).toBe(10);
  });
});
