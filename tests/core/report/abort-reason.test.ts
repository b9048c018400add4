import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import { abortReason, COLLAPSE_SECONDS } from '../../../lib/core/report/abort-reason.ts';
import { forEachOutcome } from '../../../lib/core/report/outcome-counts.ts';

const counts = (started: number, outcomes: Partial<Record<Outcome, number>>, dropped = 0) => ({
  started,
  dropped,
  outcomes: forEachOutcome((outcome) => outcomes[outcome] ?? 0),
});
const seconds = (count: number, second: ReturnType<typeof counts>) =>
  Array.from({ length: count }, () => second);

const SLO = { successRatio: 0.99, p95Ms: 500 };
const PLAN = { plannedOrders: 1000, slo: SLO };
const DEAD = seconds(COLLAPSE_SECONDS, counts(10, { serverError: 10 }));

describe('abortReason', () => {
  it('gives up when the SLO is lost and hardly an order is served any more', () => {
    const reason = abortReason(counts(200, { created: 100, serverError: 100 }), DEAD, PLAN);
    expect(reason).toBe(
      '0 of the last 100 orders were stored, and success can reach at most 90%, below the SLO of 99%.',
    );
  });

  it('goes on while every order still to come could save the SLO', () => {
    expect(abortReason(counts(10, { serverError: 10 }), DEAD, PLAN)).toBeNull();
    expect(abortReason(counts(11, { serverError: 11 }), DEAD, PLAN)).not.toBeNull();
  });

  it('gives a load that only rises up on a collapse, whatever is still to come', () => {
    const rising = { plannedOrders: null, slo: SLO };
    const total = counts(5000, { created: 4900, serverError: 100 });
    expect(abortReason(total, DEAD, { plannedOrders: 50_000, slo: SLO })).toBeNull();
    expect(abortReason(total, DEAD, rising)).toMatch(/^0 of the last 100 .*collapsed/);
    const fine = seconds(COLLAPSE_SECONDS, counts(10, { created: 5, throttled: 5 }));
    expect(abortReason(total, fine, rising)).toBeNull();
  });

  it('does not call it a collapse where orders are refused', () => {
    const rising = { plannedOrders: null, slo: SLO };
    const total = counts(5000, { created: 4900, rejected: 100 });
    const refused = seconds(COLLAPSE_SECONDS, counts(10, { rejected: 6, serverError: 4 }));
    const reason = abortReason(total, refused, rising);
    expect(reason).toMatch(/^0 of the last 100 .*refused 60 of them/);
    expect(reason).not.toContain('collapsed');
  });

  it('takes orders in flight for served', () => {
    expect(abortReason(counts(500, { created: 0 }), DEAD, PLAN)).toBeNull();
  });

  it('holds orders that were not sent against nothing', () => {
    expect(abortReason(counts(100, { created: 100 }, 500), DEAD, PLAN)).toBeNull();
    // Of 1000 orders 500 can still be stored or fail, and one in a hundred of those may fail.
    const lost = (count: number) =>
      abortReason(counts(100, { created: 100 - count, serverError: count }, 500), DEAD, PLAN);
    expect(lost(5)).toBeNull();
    expect(lost(6)).toContain('success can reach at most 98.8%');
    const unsent = seconds(COLLAPSE_SECONDS, counts(0, {}, 10));
    expect(abortReason(counts(100, { serverError: 100 }, 100), unsent, PLAN)).toBeNull();
    const few = seconds(COLLAPSE_SECONDS, counts(1, { created: 1 }, 99));
    expect(abortReason(counts(100, { serverError: 100 }, 100), few, PLAN)).toBeNull();
  });

  it('waits until the target has been down for all of the last seconds', () => {
    const total = counts(100, { serverError: 100 });
    expect(abortReason(total, DEAD.slice(1), PLAN)).toBeNull();
    expect(abortReason(total, [], PLAN)).toBeNull();
  });

  it('looks at the latest seconds only', () => {
    const total = counts(300, { created: 200, serverError: 100 });
    const fine = seconds(60, counts(10, { created: 10 }));
    expect(abortReason(total, [...fine, ...DEAD], PLAN)).not.toBeNull();
    expect(abortReason(total, [...DEAD, ...fine], PLAN)).toBeNull();
  });

  it('does not cut off a recovery: a tenth of the orders served is one', () => {
    const total = counts(300, { serverError: 300 });
    const tenth = seconds(COLLAPSE_SECONDS, counts(10, { duplicate: 1, throttled: 9 }));
    expect(abortReason(total, tenth, PLAN)).toBeNull();
    const less = [...tenth.slice(1), counts(10, { throttled: 10 })];
    expect(abortReason(total, less, PLAN)).not.toBeNull();
  });

  it('says nothing of seconds in which nothing was sent', () => {
    const idle = seconds(COLLAPSE_SECONDS, counts(0, {}));
    expect(abortReason(counts(100, { serverError: 100 }), idle, PLAN)).toBeNull();
  });

  it('does not take more orders than planned for a hopeless run', () => {
    const more = counts(1001, { created: 1000 });
    expect(abortReason(more, DEAD, PLAN)).toBeNull();
    expect(abortReason(counts(0, {}), DEAD, { ...PLAN, plannedOrders: 0 })).toBeNull();
  });
});
