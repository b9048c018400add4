import { expect, it } from 'vitest';
import { billedMs, billOf } from '../../../order-api/lambda/billing.ts';
import { cpuMs } from '../../../order-api/lambda/duration-model.ts';
import {
  COLD_CALL_COST,
  CPU_BOUND_CALL,
  FIRST_CALL,
  mape,
} from '../../../studies/lambda/references.ts';

const USE = {
  invocations: 1_000_000,
  onDemandMs: 0,
  provisionedMs: 0,
  provisionedHeldMs: 0,
  memoryMb: 1024,
  architecture: 'x86',
} as const;

it.each([
  [395.99, 265.72, 662],
  [158, 142, 300],
  [158.01, 142, 301],
  [100.004, null, 100],
  [0.1, 0.2, 1],
  [1.1, null, 2],
  [0, null, 0],
])('bills %s ms and INIT of %s ms as %s ms', (durationMs, initMs, expected) => {
  expect(billedMs(durationMs, initMs)).toBe(expected);
});

it.each(COLD_CALL_COST)(
  'costs what cold calls at $memoryMb MB were charged, within 0.5%',
  ({ memoryMb, initMs, durationMs, usdPerMillion }) => {
    const onDemandMs = billedMs(durationMs, initMs) * 1_000_000;
    const { usd } = billOf({ ...USE, memoryMb, onDemandMs });
    expect(Math.abs(usd / usdPerMillion - 1)).toBeLessThan(0.005);
    const withoutInit = billOf({
      ...USE,
      memoryMb,
      onDemandMs: billedMs(durationMs, null) * 1_000_000,
    });
    expect(withoutInit.usd / usdPerMillion).toBeLessThan(0.9);
  },
);

it('is cheaper on arm, and charges provisioned environments busy or not', () => {
  const hour = 3_600_000;
  expect(billOf({ ...USE, invocations: 0, onDemandMs: hour })).toEqual({
    billedMs: hour,
    gbSeconds: 3600,
    usd: expect.closeTo(0.06, 5),
    pricesDate: '2026-11-23',
  });
  const arm = billOf({ ...USE, invocations: 0, onDemandMs: hour, architecture: 'arm' });
  expect(arm.usd).toBeCloseTo(0.048, 5);
  const held = billOf({ ...USE, invocations: 0, provisionedHeldMs: hour });
  expect(held).toMatchObject({ gbSeconds: 0, usd: expect.closeTo(0.015, 5) });
  const busy = billOf({ ...USE, invocations: 0, provisionedHeldMs: hour, provisionedMs: hour });
  expect(busy.usd).toBeCloseTo(0.05, 5);
});

it.each(CPU_BOUND_CALL)(
  'stretches a CPU-bound call at $memoryMb MB as measured, within 10%',
  ({ memoryMb, durationMs }) => {
    const modelled = cpuMs({ workMs: 26.7, ioMs: 0, memoryMb });
    expect(Math.abs(modelled / durationMs - 1)).toBeLessThan(0.1);
  },
);

it('gives the first calls with the SDK at every memory, MAPE within 10%', () => {
  const pairs = FIRST_CALL.map(
    ({ memoryMb, durationMs }) =>
      [cpuMs({ workMs: 66, ioMs: 38, memoryMb }) + 38, durationMs] as const,
  );
  expect(mape(pairs)).toBeLessThan(0.1);
});
