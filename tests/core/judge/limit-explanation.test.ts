import { expect, it } from 'vitest';
import { limitExplanation } from '../../../lib/core/judge/limit-explanation.ts';
import { randomArrivals } from '../../../lib/core/judge/random-arrivals.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { sampleReport } from '../report/sample-run.ts';

const slo = { successRatio: 0.99, p95Ms: 100 };
type Arrivals = NonNullable<Report['load']['arrivals']>;

/** What ten calls at once of 100 ms have to do with an answer: they take 100/s, and 44.6/s at random. */
function explain(
  arrivals: Arrivals,
  answered: number,
  missed: Parameters<typeof limitExplanation>[1],
): string | null {
  const { target, load } = sampleReport();
  const report = {
    target: { ...target, concurrencyLimit: 10 },
    load: { ...load, slo, arrivals },
  };
  const random = randomArrivals(report, { ratePerSecond: answered, durationMs: 100 });
  return limitExplanation(random ?? undefined, missed, report.load);
}

const throttledAt = (ratePerSecond: number) => ({ limit: 'throttled', ratePerSecond }) as const;

it('says that the limit explains what was throttled near it', () => {
  expect(explain({ kind: 'poisson' }, 40, throttledAt(50))).toMatch(
    /^With a limit of 10 concurrent calls of 100 ms each, 1% of random arrivals are refused at 44\.6\/s/,
  );
});

it('says that it does not explain what was throttled far below it', () => {
  expect(explain({ kind: 'poisson' }, 20, throttledAt(25))).toBe(
    'The limit of 10 concurrent calls does not explain this by itself: at 100 ms a call, it refuses 1% of random arrivals only at 44.6/s (Erlang B). Cold starts take longer, and another limit may be lower.',
  );
  expect(explain({ kind: 'even' }, 50, throttledAt(60))).toContain(
    'it refuses evenly spaced orders only above 100/s',
  );
});

it('says what evenly spaced orders hide, where random ones would be refused at the answer', () => {
  const slow = { limit: 'latency', ratePerSecond: 90 } as const;
  expect(explain({ kind: 'even' }, 80, slow)).toMatch(/^Evenly spaced orders hide this/);
  expect(explain({ kind: 'even' }, 80, null)).toMatch(/^Evenly spaced orders hide this/);
});

it('says nothing of a limit that has no part in the answer', () => {
  expect(explain({ kind: 'even' }, 30, null)).toBeNull();
  expect(explain({ kind: 'poisson' }, 30, { limit: 'latency', ratePerSecond: 40 })).toBeNull();
  expect(limitExplanation(undefined, throttledAt(9), sampleReport().load)).toBeNull();
});
