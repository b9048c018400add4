import { describe, expect, it } from 'vitest';
import { randomArrivals } from '../../../lib/core/judge/random-arrivals.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { sampleReport } from '../report/sample-run.ts';

type Arrivals = NonNullable<Report['load']['arrivals']>;

/** A run at a limit of ten calls at once. */
function limited(arrivals: Arrivals | undefined, slo = { successRatio: 0.99, p95Ms: 100 }) {
  const { target, load } = sampleReport();
  const { arrivals: _, ...rest } = load;
  return {
    target: { ...target, concurrencyLimit: 10 },
    load: { ...rest, slo, ...(arrivals && { arrivals }) },
  };
}

/** Ten erlangs: evenly spaced, calls of 100 ms fill ten places at 100/s. */
const AT_100 = { ratePerSecond: 100, durationMs: 100 };

describe('what a limit does to arrivals at random', () => {
  it('is Erlang’s share at the rate, and the rates that the SLO and even arrivals allow', () => {
    const found = randomArrivals(limited({ kind: 'even' }), AT_100);
    expect(found).toMatchObject({ concurrency: 10, durationMs: 100, ratePerSecond: 100 });
    expect(found?.refusedRatio).toBeCloseTo(0.21458, 4);
    expect(found?.sloRatePerSecond).toBeCloseTo(44.61, 1);
    expect(found?.evenRatePerSecond).toBe(100);
  });

  it('is what evenly spaced orders hide, also in a report that does not say how they came', () => {
    const sentence =
      'Evenly spaced orders hide this: with a limit of 10 concurrent calls of 100 ms each, 21.46% of users who arrive at random are refused at 100/s, and 1% or more from 44.6/s on (Erlang B).';
    expect(randomArrivals(limited({ kind: 'even' }), AT_100)?.why).toBe(sentence);
    expect(randomArrivals(limited(undefined), AT_100)?.why).toBe(sentence);
  });

  it.each([{ kind: 'poisson' }, { kind: 'cv', cv: 2 }] as const)(
    'is what was to be expected where orders came at random: $kind',
    (arrivals) => {
      expect(randomArrivals(limited(arrivals), AT_100)?.why).toBe(
        'With a limit of 10 concurrent calls of 100 ms each, 1% of random arrivals are refused at 44.6/s (Erlang B); evenly spaced orders would fit up to 100/s.',
      );
    },
  );

  it('is not known without a limit, a rate that held, a duration, or a failure that is allowed', () => {
    const { target, load } = limited({ kind: 'poisson' });
    const { concurrencyLimit: _, ...unlimited } = target;
    expect(randomArrivals({ target: unlimited, load }, AT_100)).toBeNull();
    expect(randomArrivals({ target: { ...target, concurrencyLimit: 0 }, load }, AT_100)).toBeNull();
    expect(randomArrivals({ target, load }, null)).toBeNull();
    expect(randomArrivals({ target, load }, { ...AT_100, durationMs: 0 })).toBeNull();
    const strict = limited({ kind: 'poisson' }, { successRatio: 1, p95Ms: 100 });
    expect(randomArrivals(strict, AT_100)).toBeNull();
  });
});
