import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockOffset } from '../../../lib/core/reads/clock-offset.ts';
import { judgeReads } from '../../../lib/core/reads/judge-reads.ts';
import { lagFromReads } from '../../../lib/questions/batch/lag-from-reads.ts';
import { simulatePath } from './simulated-api.ts';

/** How lags of up to a longest one come about. */
const LAGS = {
  constant: (longestMs: number) => () => longestMs,
  even: (longestMs: number) => (_: number, random: () => number) => random() * longestMs,
  mostlyShort: (longestMs: number) => (_: number, random: () => number) =>
    Math.min(longestMs, (-Math.log(random()) * longestMs) / 5),
  growing: (longestMs: number) => (share: number) => share * longestMs,
  secondDelivery: () => (_: number, random: () => number) =>
    (random() < 0.05 ? 30_000 : 0) + random() * 900,
} as const;

const paths = fc.record({
  seed: fc.nat(1e6),
  lags: fc.constantFrom(...(Object.keys(LAGS) as (keyof typeof LAGS)[])),
  longestMs: fc.integer({ min: 0, max: 90_000 }),
  ratePerSecond: fc.integer({ min: 1, max: 200 }),
  loadMs: fc.integer({ min: 3, max: 60 }).map((seconds) => seconds * 1000),
  waitMs: fc.integer({ min: 5, max: 120 }).map((seconds) => seconds * 1000),
  lostShare: fc.double({ min: 0, max: 0.2, noNaN: true }),
  failing: fc.double({ min: 0, max: 0.5, noNaN: true }),
  skewMs: fc.integer({ min: -5000, max: 5000 }),
});

it('calls no order lost that was stored, none stored that was not, and says what is open', () => {
  fc.assert(
    fc.property(paths, ({ lags, longestMs, lostShare, ...path }) => {
      const lagOf = LAGS[lags](longestMs);
      const { facts, book, storedMs, accepted, endedMs } = simulatePath({
        ...path,
        lagMs: (iteration, random) =>
          random() < lostShare
            ? null
            : lagOf((iteration * 1000) / path.ratePerSecond / path.loadMs, random),
      });
      const { lost, found } = judgeReads(book, clockOffset(book.dated));
      const isStored = (iteration: number) => (storedMs.get(iteration) ?? Infinity) <= endedMs;
      expect(lost.filter(({ iteration }) => storedMs.get(iteration) !== null)).toEqual([]);
      expect(found.filter(({ order }) => !isStored(order.iteration))).toEqual([]);

      const answer = lagFromReads(facts, accepted.length);
      const asked = book.orders.filter(({ reads }) => reads > 0);
      const isAnyMissing = asked.some(({ iteration }) => !isStored(iteration));
      if (isAnyMissing) expect(answer.notStored.value).not.toBe(0);
      if (lost.length === 0 && found.length < asked.length) {
        expect(answer.open).not.toEqual([]);
      }
      for (const { order, lagMs } of found) {
        const trueMs = (storedMs.get(order.iteration) ?? 0) - order.acceptedMs;
        const slackMs = (facts.clock.uncertaintyMs ?? 0) + 1;
        if (lagMs !== null) expect(Math.abs(lagMs - trueMs)).toBeLessThanOrEqual(slackMs);
      }
    }),
    { numRuns: 40, seed: 16 },
  );
}, 60_000);
