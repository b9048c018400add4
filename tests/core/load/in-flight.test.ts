import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpacedArrivals } from '../../../lib/core/load/arrivals.ts';
import { gapVariation } from '../../../lib/core/load/arrivals.ts';
import {
  BYTES_PER_ORDER,
  type InFlightDemand,
  inFlightBudget,
  type Machine,
  UNKNOWN_MACHINE,
} from '../../../lib/core/load/in-flight.ts';
import { timesOf } from './schedule-orders.ts';

/** Even arrivals at 100/s: 500 orders within the timeout, 50 within the SLO. */
const DEMAND: InFlightDemand = {
  ...{ peakPerSecond: 100, requestTimeoutMs: 5000, p95Ms: 500, retryRatio: 0, gapVariation: 0 },
  ...{ given: null, bytesPerOrder: BYTES_PER_ORDER, machine: UNKNOWN_MACHINE },
};
const budget = (changes: Partial<InFlightDemand> = {}) => inFlightBudget({ ...DEMAND, ...changes });
const on = (limits: Partial<Machine>, changes: Partial<InFlightDemand> = {}) =>
  budget({ ...changes, machine: { ...UNKNOWN_MACHINE, ...limits } });

/** Limits that are room for so many orders. */
const ROOM: Readonly<Record<string, (orders: number) => Partial<Machine>>> = {
  descriptors: (orders) => ({ descriptors: orders + 64 }),
  ports: (orders) => ({ localPorts: orders + 32 }),
  memory: (orders) => ({ freeMemoryBytes: orders * 2 * BYTES_PER_ORDER }),
};

describe('the bound', () => {
  it.each<[string, number, Partial<InFlightDemand>]>([
    ['even: what arrives within the timeout, and ten to spare', 510, {}],
    ['of a fraction: rounded up', 16, { peakPerSecond: 1.01 }],
    ['poisson: 500 + 6 √500', 645, { gapVariation: 1 }],
    ['cv:2: 500 + 6 × 2 √500', 779, { gapVariation: 2 }],
    // 50 on average, and 4 × √(500 × 0.1 × 0.9) = 26.8
    ['with a tenth sent again: as many as chance may draw', 587, { retryRatio: 0.1 }],
    ['with all sent again: twice as many', 1010, { retryRatio: 1 }],
  ])('%s', (_, orders, changes) => {
    expect(budget(changes)).toEqual({
      ...{ maxInFlight: orders, inFlightBound: orders, notes: [], refusal: null },
    });
  });

  it.each<SpacedArrivals>([
    { kind: 'even' },
    { kind: 'poisson' },
    { kind: 'cv', cv: 0.5 },
    { kind: 'cv', cv: 2 },
    { kind: 'cv', cv: 3 },
  ])('holds the orders of a target that answers nothing: %j', (arrivals) => {
    const { inFlightBound } = budget({ gapVariation: gapVariation(arrivals) });
    const stages = [{ name: 's', durationSeconds: 300, fromRate: 100, toRate: 100 }];
    for (let seed = 1; seed <= 10; seed += 1) {
      const times = timesOf({ stages, arrivals, seed });
      let most = 0;
      let first = 0;
      for (const [last, dueMs] of times.entries()) {
        while ((times[first] as number) <= dueMs - DEMAND.requestTimeoutMs) first += 1;
        most = Math.max(most, last - first + 1);
      }
      expect(most).toBeLessThanOrEqual(inFlightBound);
    }
  });
});

describe('--max-in-flight', () => {
  it('wins over the bound, and says what that means when it is lower', () => {
    expect(budget({ given: 20 })).toEqual({
      ...{ maxInFlight: 20, inFlightBound: 510, refusal: null },
      notes: [
        'in flight at most 20 orders (--max-in-flight); a target that does not respond before the timeout would hold 510, and orders dropped then make the run INVALID',
      ],
    });
    expect(budget({ given: 510 })).toMatchObject({ maxInFlight: 510, notes: [] });
    expect(budget({ given: 9000 })).toMatchObject({ maxInFlight: 9000, notes: [] });
  });

  it.each(Object.entries(ROOM))('is refused above the limit of %s', (_, room) => {
    expect(on(room(1000), { given: 1000 })).toMatchObject({ maxInFlight: 1000, refusal: null });
    expect(on(room(1000), { given: 1001 }).refusal).toMatch(
      /^--max-in-flight 1001 does not fit: .* room for 1000 orders; use a lower value, or .*\.$/,
    );
  });

  it('may be less than the SLO takes, which is what it was given for', () => {
    const tight = on({ descriptors: 64 + 20 }, { given: 10 });
    expect(tight).toMatchObject({ maxInFlight: 10, refusal: null });
  });
});

describe('the machine', () => {
  it.each(Object.entries(ROOM))('allows what it has room for, of %s alone', (_, room) => {
    expect(on(room(510))).toMatchObject({ maxInFlight: 510, notes: [], refusal: null });
    expect(on(room(509))).toMatchObject({ maxInFlight: 509, inFlightBound: 510, refusal: null });
    expect(on(room(509)).notes).toHaveLength(1);
  });

  it('allows what its tightest limit allows, and the note names that one', () => {
    const names = {
      descriptors: 'open files and connections',
      ports: 'local ports',
      memory: 'free memory',
    };
    const orders = fc.integer({ min: 50, max: 505 });
    fc.assert(
      fc.property(orders, orders, orders, (descriptors, ports, memory) => {
        const rooms = { descriptors, ports, memory };
        const all = Object.entries(rooms).map(([name, room]) => ROOM[name]?.(room));
        const { maxInFlight, notes } = on(Object.assign({}, ...all));
        const least = Math.min(descriptors, ports, memory);
        expect(maxInFlight).toBe(least);
        const named = Object.entries(names).filter(([, text]) => notes[0]?.includes(text));
        expect(named.map(([name]) => rooms[name as keyof typeof rooms])).toEqual([least]);
      }),
    );
  });

  it.each([
    [
      { descriptors: 264 },
      'because a process on this machine may have at most 264 open files and connections',
    ],
    [{ localPorts: 232 }, 'because this machine has 232 local ports for connections'],
    [{ freeMemoryBytes: 26_300_000 }, 'because this machine has 26 MB of free memory'],
  ])('is noted in one line: %j', (limits, why) => {
    expect(on(limits).notes).toEqual([
      `in flight at most 200 orders ${why}; a target that does not respond before the timeout would hold 510, and orders dropped then make the run INVALID`,
    ]);
  });

  it.each([
    [
      { descriptors: 113 },
      'The load does not fit: a process on this machine may have at most 113 open files and connections, which leaves room for 49 orders in flight, but orders that just meet the SLO already need room for 50; lower the rate, or raise the limit (ulimit -n 65536).',
    ],
    [
      { localPorts: 81 },
      'The load does not fit: this machine has 81 local ports for connections, which leaves room for 49 orders in flight, but orders that just meet the SLO already need room for 50; lower the rate, or widen the range (sysctl -w net.ipv4.ip_local_port_range="1024 65535").',
    ],
    [
      { freeMemoryBytes: 6_500_000 },
      'The load does not fit: this machine has 6 MB of free memory, which leaves room for 49 orders in flight, but orders that just meet the SLO already need room for 50; lower the rate, or use a machine with more memory.',
    ],
    // Less than nothing is left.
    [{ descriptors: 10 }, /which leaves room for 0 orders in flight/],
  ])('is refused where not even the SLO fits: %j', (limits, message) => {
    const { refusal } = on(limits);
    if (typeof message === 'string') expect(refusal).toBe(message);
    else expect(refusal).toMatch(message);
  });

  it('takes the orders that are sent again for the SLO too', () => {
    expect(on({ descriptors: 64 + 50 })).toMatchObject({ maxInFlight: 50, refusal: null });
    expect(on({ descriptors: 64 + 99 }, { retryRatio: 1 }).refusal).toContain(
      'already need room for 100;',
    );
    expect(on({ descriptors: 64 + 100 }, { retryRatio: 1 }).refusal).toBeNull();
  });

  it('asks for twice the descriptors, and for no less than 65,536', () => {
    expect(on({ descriptors: 50_000 }, { given: 60_000 }).refusal).toContain('(ulimit -n 100000)');
    expect(on({ descriptors: 1024 }, { given: 60_000 }).refusal).toContain('(ulimit -n 65536)');
  });
});
