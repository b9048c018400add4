import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { censor } from '../../../lib/core/histogram/censor.ts';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import { quantile } from '../../../lib/core/histogram/quantile.ts';
import { generatorShare, type JudgedLoad } from '../../../lib/core/report/generator-share.ts';
import { fromValues } from '../histogram/from-values.ts';
import { repeat } from './sample-run.ts';

interface Sent {
  /** Latencies in ms of stored orders. */
  readonly stored: readonly number[];
  readonly failed?: number;
  readonly timeouts?: number;
  readonly dropped?: number;
  readonly keptBack?: number;
  /** How late orders were started, in ms. */
  readonly lateness?: readonly number[];
  readonly slo?: JudgedLoad['slo'];
}

const SLO = { successRatio: 0.99, p95Ms: 100 };
const TIMEOUT_MS = 5000;

function loadOf(sent: Sent): JudgedLoad {
  const { stored, failed = 0, timeouts = 0, dropped = 0, lateness = [], slo = SLO } = sent;
  const { keptBack = 0 } = sent;
  return {
    offered: stored.length + failed + timeouts + dropped,
    dropped,
    keptBack,
    served: stored.length,
    judged: censor(fromValues(stored), timeouts, TIMEOUT_MS),
    lateness: fromValues(lateness),
    slo,
    requestTimeoutMs: TIMEOUT_MS,
  };
}

const shareOf = (sent: Sent) => generatorShare(loadOf(sent));
const verdictOf = (sent: Sent) => shareOf(sent).verdict;

/** Latencies around the SLO and at its edges; lateness around what counts as late. */
const anySent: fc.Arbitrary<Required<Sent>> = fc
  .record({
    stored: fc.array(fc.constantFrom(0, 5, 60, 99, 101, 130, 2000), { maxLength: 60 }),
    failed: fc.nat(6),
    timeouts: fc.nat(4),
    dropped: fc.nat(8),
    keptShare: fc.constantFrom(0, 1),
    latenessMs: fc.array(fc.constantFrom(0, 1, 20, 26, 300), { maxLength: 70 }),
    slo: fc.record({ successRatio: fc.constantFrom(0.5, 0.9, 1), p95Ms: fc.constant(100) }),
  })
  .map(({ latenessMs, keptShare, ...sent }) => {
    const count = sent.stored.length + sent.failed + sent.timeouts;
    const known = latenessMs.slice(0, count);
    // Each order that is sent has a lateness, or none has.
    const lateness = known.length === 0 ? [] : [...known, ...repeat(count - known.length, 0)];
    return { ...sent, lateness, keptBack: keptShare * sent.dropped };
  });

describe('what may have been', () => {
  it('lies between the worst and the best', () => {
    fc.assert(
      fc.property(anySent, (sent) => {
        const { best, worst } = shareOf(sent);
        expect(best.successRatio === null).toBe(worst.successRatio === null);
        expect(best.successRatio ?? 0).toBeGreaterThanOrEqual(worst.successRatio ?? 0);
        expect(best.successRatio ?? 0).toBeLessThanOrEqual(1);
        expect(best.p95Ms === null).toBe(worst.p95Ms === null);
        expect(best.p95Ms ?? 0).toBeLessThanOrEqual(worst.p95Ms ?? 0);
        expect(best.p95Ms ?? 0).toBeGreaterThanOrEqual(0);
        expect(Number(best.isServed)).toBeGreaterThanOrEqual(Number(worst.isServed));
        expect(Number(best.isFast)).toBeGreaterThanOrEqual(Number(worst.isFast));
      }),
    );
  });

  it('is what was measured, where all was sent and nothing is known of lateness', () => {
    fc.assert(
      fc.property(anySent, (some) => {
        const sent = { ...some, dropped: 0, keptBack: 0, lateness: [] };
        const { best, worst, verdict, lateOrders, lateShare, isOtherLoad } = shareOf(sent);
        expect(best).toEqual(worst);
        const { served, offered, judged } = loadOf(sent);
        expect(best).toMatchObject({
          successRatio: offered === 0 ? null : served / offered,
          p95Ms: quantile(judged, 0.95),
        });
        expect(verdict).toBe(best.isServed && best.isFast ? 'met' : 'missed');
        expect({ lateOrders, lateShare, isOtherLoad }).toEqual({
          ...{ lateOrders: 0, lateShare: 0, isOtherLoad: false },
        });
      }),
    );
  });

  it('takes orders that were not sent for stored at once, and for lost at the timeout', () => {
    const { best, worst } = shareOf({ stored: repeat(900, 20), dropped: 100 });
    expect(best).toMatchObject({ successRatio: 1, isServed: true, isFast: true });
    expect(worst).toMatchObject({ successRatio: 0.9, isServed: false, isFast: false });
    expect(worst.p95Ms).toBeGreaterThan(4940);
    expect(best.p95Ms).toBeLessThan(20.3);
  });
});

describe('orders that were not sent', () => {
  it.each([
    ['met', { stored: repeat(995, 20), dropped: 5 }],
    ['met', { stored: repeat(990, 20), dropped: 10 }],
    ['missed', { stored: repeat(900, 20), failed: 95, dropped: 5 }],
    ['missed', { stored: repeat(995, 120), dropped: 5 }],
    ['missed', { stored: repeat(940, 20), timeouts: 55, dropped: 5 }],
  ] as const)('that decide nothing leave it %s', (verdict, sent) => {
    expect(verdictOf(sent)).toBe(verdict);
    expect(verdictOf({ ...sent, dropped: 0 })).toBe(verdict);
  });

  it.each([
    ['success', { stored: repeat(989, 20), dropped: 11 }],
    ['success, after some failures', { stored: repeat(985, 20), failed: 9, dropped: 6 }],
    [
      'p95, which they would pull down',
      { stored: [...repeat(940, 20), ...repeat(60, 120)], dropped: 200 },
    ],
    [
      'p95, which they would push up',
      { stored: repeat(940, 20), dropped: 60, slo: { ...SLO, successRatio: 0.5 } },
    ],
  ] as const)('leave it open where the SLO lies between: %s', (_, sent) => {
    expect(verdictOf(sent)).toBeNull();
  });

  it('do not excuse a target that failed all that it was sent', () => {
    expect(verdictOf({ stored: [], failed: 900, dropped: 100 })).toBe('missed');
    expect(verdictOf({ stored: [], timeouts: 900, dropped: 100 })).toBe('missed');
  });

  it('leave the latency open where this machine kept back more than a twentieth', () => {
    const slow = { stored: repeat(950, 120), dropped: 50 };
    expect(verdictOf({ ...slow, keptBack: 50 })).toBe('missed');
    const more = { stored: repeat(949, 120), dropped: 51 };
    expect(verdictOf({ ...more, keptBack: 51 })).toBeNull();
    expect(verdictOf({ ...more, keptBack: 49 })).toBe('missed');
    // Orders that the target failed are its doing all the same.
    expect(verdictOf({ stored: repeat(900, 20), failed: 49, dropped: 51, keptBack: 51 })).toBe(
      'missed',
    );
  });

  it('leave everything open where nothing was sent', () => {
    const { best, worst, verdict } = shareOf({ stored: [], dropped: 1000 });
    expect(verdict).toBeNull();
    expect(best).toMatchObject({ successRatio: 1, p95Ms: 0 });
    expect(worst.successRatio).toBe(0);
  });
});

describe('orders that were started late', () => {
  const late = (count: number, others = 1000 - count) => [
    ...repeat(count, 300),
    ...repeat(others, 0),
  ];

  it('are forgiven as many failures', () => {
    const forty = { stored: repeat(950, 20), failed: 50, lateness: late(40) };
    expect(shareOf(forty).best.successRatio).toBeCloseTo(0.99, 9);
    expect(verdictOf(forty)).toBeNull();
    expect(verdictOf({ ...forty, stored: repeat(949, 20), failed: 51 })).toBe('missed');
    expect(verdictOf({ ...forty, lateness: late(39) })).toBe('missed');
    // There were no more failures than these.
    const few = { stored: repeat(998, 20), failed: 2, lateness: late(40) };
    expect(shareOf(few).best.successRatio).toBe(1);
  });

  it('are forgiven as many of the longest latencies', () => {
    const slow = (count: number) => [...repeat(1000 - count, 20), ...repeat(count, 800)];
    // The 95th percentile is the 950th of 1000; lateness has one of 0 as long as few are late.
    expect(verdictOf({ stored: slow(50), lateness: late(0) })).toBe('met');
    expect(verdictOf({ stored: slow(90), lateness: late(40) })).toBeNull();
    expect(verdictOf({ stored: slow(91), lateness: late(40) })).toBe('missed');
    expect(shareOf({ stored: slow(90), lateness: late(40) }).best.p95Ms).toBeLessThan(21);
  });

  it('may have made all others longer, by the 95th percentile of lateness', () => {
    const sent = { stored: repeat(1000, 112), lateness: repeat(1000, 15) };
    const { best, worst, lateOrders, verdict } = shareOf(sent);
    const p95 = (values: readonly number[]) => quantile(fromValues(values), 0.95) ?? 0;
    expect(worst.p95Ms).toBe(p95(sent.stored));
    expect(best.p95Ms).toBe(p95(sent.stored) - p95(sent.lateness));
    expect({ lateOrders, verdict }).toEqual({ lateOrders: 0, verdict: null });
    expect(verdictOf({ ...sent, lateness: repeat(1000, 5) })).toBe('missed');
    expect(shareOf({ ...sent, stored: repeat(1000, 10) }).best.p95Ms).toBe(0);
  });

  it('do not count against a target that met its SLO all the same', () => {
    expect(verdictOf({ stored: repeat(1000, 20), lateness: late(1000) })).toBe('met');
  });

  it('are of no account up to 25 ms', () => {
    const { lateOrders } = shareOf({ stored: repeat(2, 20), lateness: [24, 26] });
    expect(lateOrders).toBe(1);
  });

  it('were another load above a twentieth of what was sent', () => {
    const stored = repeat(1000, 20);
    expect(shareOf({ stored, lateness: late(50) })).toMatchObject({
      ...{ isOtherLoad: false, lateShare: 0.05, lateOrders: 50 },
    });
    expect(shareOf({ stored, lateness: late(51) }).isOtherLoad).toBe(true);
    // A twentieth of the sent ones, not of those that fell due.
    const half = { stored: repeat(500, 20), dropped: 500, lateness: late(26, 474) };
    expect(shareOf(half).isOtherLoad).toBe(true);
    // Nor of those whose lateness nobody knows, as in the part of a run that virtual users made.
    expect(shareOf({ stored, lateness: late(6, 94) })).toMatchObject({
      ...{ isOtherLoad: true, lateShare: 0.06, lateOrders: 6 },
    });
  });

  it('are no more than were sent, whatever the telemetry says', () => {
    expect(shareOf({ stored: [20], lateness: repeat(3, 300) })).toMatchObject({
      ...{ lateOrders: 1, lateShare: 1 },
    });
    expect(shareOf({ stored: [], dropped: 4, lateness: [300] })).toMatchObject({
      ...{ lateOrders: 0, lateShare: 0, isOtherLoad: false },
    });
  });
});

describe('more of what the generator could not do', () => {
  it('never makes a miss of what was open or met: orders that were not sent', () => {
    fc.assert(
      fc.property(anySent, fc.integer({ min: 1, max: 20 }), (sent, more) => {
        fc.pre(verdictOf(sent) !== 'missed');
        expect(verdictOf({ ...sent, dropped: sent.dropped + more })).not.toBe('missed');
      }),
    );
  });

  it('never makes a miss of what was open or met: orders that came late instead of on time', () => {
    fc.assert(
      fc.property(anySent, fc.nat(69), fc.constantFrom(26, 40, 300), (sent, position, lateMs) => {
        fc.pre(position < sent.lateness.length && verdictOf(sent) !== 'missed');
        const later = (ms: number, at: number) => (at === position ? Math.max(ms, lateMs) : ms);
        expect(verdictOf({ ...sent, lateness: sent.lateness.map(later) })).not.toBe('missed');
      }),
    );
  });

  it('never makes a pass of a miss', () => {
    fc.assert(
      fc.property(anySent, fc.integer({ min: 1, max: 20 }), (sent, more) => {
        fc.pre(verdictOf(sent) === 'missed');
        expect(verdictOf({ ...sent, dropped: sent.dropped + more })).not.toBe('met');
      }),
    );
  });
});

it('calls missed what no order has shown: nothing fell due', () => {
  const { best, worst, verdict } = generatorShare({
    ...loadOf({ stored: [] }),
    lateness: EMPTY_HISTOGRAM,
  });
  expect({ best, worst }).toMatchObject({ best: { p95Ms: null }, worst: { successRatio: null } });
  expect(verdict).toBe('missed');
});
