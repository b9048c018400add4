import { describe, expect, it } from 'vitest';
import { cpuMs, remainingMs } from '../../../target/lambda/duration-model.ts';

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

describe('remainingMs', () => {
  it('lets the real call stand in for the modelled I/O', () => {
    expect(remainingMs(MODEL, 0)).toBe(15);
    expect(remainingMs(MODEL, 3)).toBe(12);
    expect(remainingMs(MODEL, 50)).toBe(10);
  });
});
