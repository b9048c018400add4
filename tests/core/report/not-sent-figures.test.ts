import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_SENT_REASONS } from '../../../lib/core/order/not-sent.ts';
import {
  addNotSent,
  notSentInAll,
  notSentList,
  notSentOfList,
} from '../../../lib/core/report/not-sent-figures.ts';
import { sumNotSent } from '../../../lib/core/telemetry/not-sent-telemetry.ts';

const notSent = fc.dictionary(fc.constantFrom(...NOT_SENT_REASONS), fc.integer({ min: 1, max: 9 }));
const bySteps = fc.dictionary(fc.constantFrom('calm', 'burst', 'late'), notSent);

describe('orders that were not sent', () => {
  it('are listed most frequent first, without what did not occur', () => {
    expect(notSentList({ inFlight: 2, ports: 5, memory: 0, nameServer: 2 })).toEqual([
      { why: 'ports', orders: 5 },
      { why: 'inFlight', orders: 2 },
      { why: 'nameServer', orders: 2 },
    ]);
    expect(notSentList({})).toEqual([]);
  });

  it('are the same read back from such a list', () => {
    fc.assert(
      fc.property(notSent, (some) => {
        expect(notSentOfList(notSentList(some))).toEqual(some);
      }),
    );
  });

  it('add up by step and reason, in any order, and none is lost', () => {
    fc.assert(
      fc.property(bySteps, bySteps, (a, b) => {
        const sum = addNotSent([a, b]);
        expect(sum).toEqual(addNotSent([b, a]));
        expect(sumNotSent(notSentInAll(sum))).toBe(
          sumNotSent(notSentInAll(a)) + sumNotSent(notSentInAll(b)),
        );
        for (const step of ['calm', 'burst', 'late']) {
          for (const why of NOT_SENT_REASONS) {
            const expected = (a[step]?.[why] ?? 0) + (b[step]?.[why] ?? 0);
            expect(sum[step]?.[why] ?? 0).toBe(expected);
          }
        }
        expect(addNotSent([a])).toEqual(a);
        expect(addNotSent([])).toEqual({});
      }),
    );
  });
});
