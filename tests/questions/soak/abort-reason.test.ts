import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import { forEachOutcome } from '../../../lib/core/report/outcome-counts.ts';
import type { LiveLatency } from '../../../lib/questions/question.ts';
import { LASTING_SECONDS, soakAbortReason } from '../../../lib/questions/soak/abort-reason.ts';
import { fromValues } from '../../core/histogram/from-values.ts';
import { repeat } from '../../core/report/sample-run.ts';

function counts(
  outcomes: Partial<Record<Outcome, number>>,
  { slow = 0, dropped = 0 } = {},
): LiveLatency {
  const all = forEachOutcome((outcome) => outcomes[outcome] ?? 0);
  const stored = all.created + all.duplicate;
  return {
    started: Object.values(all).reduce((sum, count) => sum + count, 0),
    dropped,
    outcomes: all,
    sloLatency: fromValues([...repeat(stored - slow, 20), ...repeat(slow, 900)]),
  };
}
const minute = (second: LiveLatency, seconds = LASTING_SECONDS) =>
  Array.from({ length: seconds }, () => second);

const PLAN = { plannedOrders: 10_000, slo: { successRatio: 0.99, p95Ms: 500 } };
const FINE = counts({ created: 20 });
const LOSING = counts({ created: 19, serverError: 1 });
const SLOW = counts({ created: 20 }, { slow: 4 });

describe('soakAbortReason', () => {
  it('stops a soak whose success is lost for good and still being lost', () => {
    const total = counts({ created: 1899, serverError: 101 });
    expect(soakAbortReason(total, minute(LOSING), PLAN)).toBe(
      'success was 95% in the last minute and can reach at most 98.99% over the whole soak, below the SLO of 99%.',
    );
  });

  it('goes on while what is to come could mend it', () => {
    expect(soakAbortReason(counts({ serverError: 100 }), minute(LOSING), PLAN)).toBeNull();
  });

  it('goes on after an incident, and where the last minute leaves a doubt', () => {
    const total = counts({ created: 1000, serverError: 200 });
    expect(soakAbortReason(total, minute(FINE), PLAN)).toBeNull();
    const doubtful = [...minute(FINE, 55), ...minute(counts({ created: 17, serverError: 3 }), 5)];
    expect(soakAbortReason(total, doubtful, PLAN)).toBeNull();
  });

  it('holds orders that were not sent against nothing', () => {
    const unsent = minute(counts({ created: 18 }, { dropped: 2 }));
    expect(soakAbortReason(counts({ created: 1000 }, { dropped: 5000 }), unsent, PLAN)).toBeNull();
    // 5000 of the 10,000 can still be stored, so that 50 are what the SLO allows.
    const total = (serverError: number) => counts({ created: 900, serverError }, { dropped: 5000 });
    expect(soakAbortReason(total(50), minute(LOSING), PLAN)).toBeNull();
    expect(soakAbortReason(total(51), minute(LOSING), PLAN)).toMatch(
      /^success was 95% in the last minute and can reach at most 98\.98%/,
    );
    const slow = (count: number) => counts({ created: 900 }, { slow: count, dropped: 5000 });
    expect(soakAbortReason(slow(250), minute(SLOW), PLAN)).toBeNull();
    expect(soakAbortReason(slow(251), minute(SLOW), PLAN)).toContain('can no longer meet this SLO');
  });

  it('says nothing of a minute in which nothing was sent', () => {
    const total = counts({ created: 900, serverError: 500 });
    expect(soakAbortReason(total, minute(counts({}, { dropped: 20 })), PLAN)).toBeNull();
  });

  it('stops a soak whose p95 is lost for good and still too high', () => {
    const total = counts({ created: 3000 }, { slow: 501 });
    expect(soakAbortReason(total, minute(SLOW), PLAN)).toMatch(
      /^20% of the orders of the last minute took longer than 500 ms/,
    );
    expect(soakAbortReason(total, minute(FINE), PLAN)).toBeNull();
    const less = counts({ created: 3000 }, { slow: 500 });
    expect(soakAbortReason(less, minute(SLOW), PLAN)).toBeNull();
  });

  it('waits for a whole minute', () => {
    const total = counts({ created: 1000, serverError: 500 });
    expect(soakAbortReason(total, minute(LOSING, 59), PLAN)).toBeNull();
    expect(
      soakAbortReason(counts({}), minute(counts({})), { ...PLAN, plannedOrders: 0 }),
    ).toBeNull();
  });
});
