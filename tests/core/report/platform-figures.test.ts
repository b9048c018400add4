import { describe, expect, it } from 'vitest';
import type {
  FunctionReading,
  PlatformReading,
} from '../../../lib/core/lambda/platform-reading.ts';
import {
  type ClientCounts,
  platformFigures,
  windowMemoryMb,
  windowPlatform,
} from '../../../lib/core/report/platform-figures.ts';

const ENTRY: FunctionReading = {
  name: 'create-order',
  invocations: 100,
  coldStarts: 4,
  throttles: 3,
  throttlesByReason: {},
  peakConcurrency: 5,
  busyMs: 2000,
  billedMs: 2100,
  billedGbSeconds: 2.1,
  gauges: [],
  memory: [],
};
const READING: PlatformReading = {
  lens: 'local',
  source: 'counted',
  functions: [ENTRY, { ...ENTRY, name: 'idle', invocations: 0 }],
  gatewayThrottles: 2,
  storedOrders: null,
  queue: null,
  missing: { storedOrders: 'the table does not answer' },
  notes: ['calls by others are counted too'],
};
const CLIENT: ClientCounts = {
  coldStarts: 4,
  throttles: 5,
  stored: 100,
  unseen: 0,
  platformRejected: 0,
  unmeasured: null,
  loadedMs: 1000,
};
const agreementOf = (client: Partial<ClientCounts>) =>
  platformFigures(READING, { ...CLIENT, ...client }).agreement;

describe('platformFigures', () => {
  it('sets both counts side by side; refusals of the gateway are throttles to the client', () => {
    const view = platformFigures(READING, CLIENT);
    expect(view.agreement.map(({ agree, note }) => [agree, note])).toEqual([
      [true, 'cold starts: client 4, platform 4'],
      [true, 'throttles: client 5, platform 5'],
    ]);
    expect(view.function.concurrency).toMatchObject({ value: 2, source: 'derived' });
    expect(view.otherFunctions).toEqual([]);
    expect(view.storedOrders).toEqual({
      value: null,
      unit: 'orders',
      source: 'absent',
      note: 'the table does not answer',
    });
  });

  it('says what may explain a difference', () => {
    const [cold, throttles] = agreementOf({
      coldStarts: 3,
      throttles: 4,
      unseen: 2,
      platformRejected: 1,
    });
    expect(cold).toMatchObject({ agree: false });
    expect(cold?.note).toBe(
      'cold starts: client 3, platform 4 (the client saw no response to 2 orders)',
    );
    expect(throttles?.note).toContain('1 response of the gateway did not state a reason');
  });

  it('does not compare what cannot be compared, even where the counts are equal', () => {
    expect(agreementOf({ unmeasured: 'the warm-up' })[0]).toMatchObject({
      agree: null,
      note: 'cold starts: client 4, platform 4 (the platform also counted the warm-up)',
    });
    expect(agreementOf({ coldStarts: null })[0]).toMatchObject({ client: null, agree: null });
  });

  it('has every figure absent where the lens saw nothing', () => {
    const view = platformFigures({ lens: 'aws', problem: 'no permission' }, CLIENT);
    expect(view).toMatchObject({ problem: 'no permission', storedOrders: { source: 'absent' } });
    expect(view.agreement.map(({ agree, platform }) => [agree, platform])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});

describe('a figure that is absent', () => {
  const silent: FunctionReading = {
    ...ENTRY,
    isSilent: true,
    invocations: null,
    coldStarts: null,
    throttles: null,
    billedMs: null,
    missing: { throttles: 'no data of Throttles', coldStarts: '2 lines for 4 calls' },
  };
  const viewOf = (entry: FunctionReading, client: Partial<ClientCounts> = {}) =>
    platformFigures({ ...READING, lens: 'aws', functions: [entry] }, { ...CLIENT, ...client });

  it('says why it is absent itself', () => {
    const view = viewOf({ ...silent, isSilent: false });
    expect(view.function).toMatchObject({
      throttles: { value: null, source: 'absent', note: 'no data of Throttles' },
      coldStarts: { value: null, note: '2 lines for 4 calls' },
      billedMs: { value: null, note: 'the platform does not report it' },
      peakConcurrency: { value: 5, note: 'counted' },
    });
    expect(view.agreement.map(({ note }) => note)).toEqual([
      'cold starts: client 4, platform not known (2 lines for 4 calls)',
      'throttles: client 5, platform not known (no data of Throttles)',
    ]);
    expect(view.notes).toEqual(['calls by others are counted too']);
  });

  it('is laid to a wrong name or region where orders were stored by a function without a trace', () => {
    const view = viewOf(silent, { stored: 201 });
    const why =
      'counted have nothing of create-order, although 201 orders were stored: the function’s name or the region is probably wrong';
    expect(view.notes[0]).toBe(why);
    expect(view.function.invocations).toMatchObject({ value: null, note: why });
    expect(view.agreement[1]?.note).toContain(why);
    expect(viewOf(silent, { stored: 0 }).notes[0]).not.toContain('wrong');
  });

  it('is not shown of another function that was not called', () => {
    const { otherFunctions } = platformFigures({ ...READING, functions: [ENTRY, silent] }, CLIENT);
    expect(otherFunctions).toEqual([]);
  });
});

describe('windowPlatform', () => {
  const gauge = (startMs: number, concurrency: number | null, throttles: number) => ({
    startMs,
    lengthMs: 1000,
    concurrency,
    coldStarts: null,
    throttles,
  });

  it('takes the gauges whose middle is in the window: the highest level, the sum of events', () => {
    const gauges = [gauge(100, 3, 1), gauge(1100, 7, 2), gauge(2100, 9, 4)];
    expect(windowPlatform(gauges, 0, 2000)).toEqual({
      concurrency: 7,
      coldStarts: null,
      throttles: 3,
    });
    expect(windowPlatform(gauges, 5000, 1000)).toBeUndefined();
    expect(windowPlatform([{ ...gauge(0, 3, 1), lengthMs: 60_000 }], 29_500, 1000)).toBeUndefined();
    expect(windowPlatform([gauge(0, null, 0)], 0, 1000)).toEqual({
      concurrency: null,
      coldStarts: null,
      throttles: 0,
    });
  });
});

it('has the highest memory of a window, and none where nothing of its length or shorter is known', () => {
  const gauge = (startMs: number, maxUsedMb: number) => ({ startMs, lengthMs: 1000, maxUsedMb });
  const gauges = [gauge(100, 90), gauge(1100, 85), gauge(2100, 99)];
  expect(windowMemoryMb(gauges, 0, 2000)).toBe(90);
  expect(windowMemoryMb(gauges, 5000, 1000)).toBeNull();
  expect(windowMemoryMb(gauges, 0, 500)).toBeNull();
});
