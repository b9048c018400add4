import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_SENT_REASONS } from '../../../lib/core/order/not-sent.ts';
import { repeat, sampleReport } from './sample-run.ts';
import { expectVerdict, type VerdictCase } from './verdict-case.ts';

/** Fewer may be in flight than the timeout can hold. */
const capped = { maxInFlight: 10, inFlightBound: 500 };
/** Of 1000 orders so many were started 300 ms late, and all others on time. */
const late = (orders: number) => [...repeat(orders, 300), ...repeat(1000 - orders, 0)];
const busy = { generator: { cpuSeconds: 1, peakRssBytes: 1, peakCpuShare: 0.99 } };

const CASES: readonly VerdictCase[] = [
  {
    name: 'few orders were not sent, and success hangs on them',
    shape: { latencies: { created: repeat(990, 20), rejected: repeat(5, 2) }, dropped: 6 },
    verdict: 'invalid',
    exit: 3,
    reason: 'success lies between 98.9% and 99.5%, and the SLO of 99% lies in between',
  },
  {
    name: 'the generator was busy, but started every order on time: pass',
    shape: { lateness: repeat(1000, 0) },
    context: busy,
    verdict: 'pass',
    exit: 0,
    reason: 'The load generator was busy (k6 used 99% of its available CPU time).',
  },
  {
    name: 'the generator was busy, but started every order on time: fail',
    shape: {
      latencies: { created: repeat(900, 20), serverError: repeat(100, 2) },
      lateness: repeat(1000, 0),
    },
    context: busy,
    verdict: 'fail',
    exit: 1,
    reason: 'The load generator was busy',
  },
  {
    name: 'a low limit in flight, many not sent: invalid, whatever was missed without them',
    shape: { latencies: { created: repeat(810, 8) }, dropped: 190 },
    plan: capped,
    verdict: 'invalid',
    exit: 3,
    reason:
      '190 orders (19% of those offered) could not be sent, because the limit of orders in flight was reached: success lies between 81% and 100%, and the SLO of 99% lies in between.',
  },
  {
    name: 'a low limit in flight, one not sent, met even without it',
    shape: { latencies: { created: repeat(999, 8) }, dropped: 1 },
    plan: capped,
    verdict: 'pass',
    exit: 0,
    reason: 'flight was reached. That does not affect the verdict.',
  },
  {
    name: 'a low limit in flight, one not sent, missed even with it',
    shape: { latencies: { created: repeat(900, 8), serverError: repeat(99, 2) }, dropped: 1 },
    plan: capped,
    verdict: 'fail',
    exit: 1,
    reason: 'flight was reached. That does not affect the verdict.',
  },
  { name: 'a low limit in flight, all sent', plan: capped, verdict: 'pass', exit: 0 },
  {
    name: 'the limit in flight is all that the timeout can hold, many not sent',
    shape: { latencies: { created: repeat(800, 20) }, dropped: 200 },
    verdict: 'invalid',
    exit: 3,
    reason: 'success lies between 80% and 100%, and the SLO of 99% lies in between.',
  },
  {
    name: 'many not sent, met even as if all of them had failed',
    shape: { latencies: { created: repeat(950, 20) }, dropped: 50 },
    plan: { slo: { successRatio: 0.9, p95Ms: 100 } },
    verdict: 'pass',
    exit: 0,
    reason: '50 orders (5% of those offered) could not be sent',
  },
  {
    name: 'success met without those not sent, but not the latency that they may have had',
    shape: { latencies: { created: repeat(940, 20) }, dropped: 60 },
    plan: { slo: { successRatio: 0.9, p95Ms: 100 } },
    verdict: 'invalid',
    exit: 3,
    reason: 's, and the SLO of 100 ms lies in between',
  },
  {
    name: 'many not sent, missed even as if all of them had been stored',
    shape: { latencies: { created: repeat(500, 20), serverError: repeat(400, 2) }, dropped: 100 },
    verdict: 'fail',
    exit: 1,
    reason: 'of 1,000 orders, 400 failed with a server error, 100 dropped',
  },
  {
    name: 'many not sent, slow even as if all of them had been stored at once',
    shape: { latencies: { created: repeat(900, 150) }, dropped: 100 },
    verdict: 'fail',
    exit: 1,
    reason: 'The p95 latency was 15',
  },
  {
    name: 'many not sent, orders in flight and VUs unknown',
    shape: { latencies: { created: repeat(900, 20) }, dropped: 100, vus: null, inFlight: null },
    verdict: 'invalid',
    exit: 3,
  },
  {
    name: 'a few not sent within the SLO',
    shape: { latencies: { created: repeat(995, 20) }, dropped: 5 },
    verdict: 'pass',
    exit: 0,
    reason:
      '5 orders (0.5% of those offered) could not be sent, because the limit of orders in flight was reached. That does not affect the verdict.',
  },
  {
    name: 'no order was sent, because none was allowed in flight',
    shape: { latencies: {}, dropped: 1000 },
    plan: capped,
    verdict: 'invalid',
    exit: 3,
    reason:
      '1,000 orders (100% of those offered) could not be sent, because the limit of orders in flight was reached: success lies between 0% and 100%',
  },
  {
    name: 'no order was sent, because no name server answered',
    shape: { latencies: {}, dropped: { nameServer: 1000 } },
    verdict: 'invalid',
    exit: 3,
    reason: "because the name server did not resolve the target's name",
  },
  {
    name: 'some orders late, and met all the same',
    shape: { lateness: late(40) },
    verdict: 'pass',
    exit: 0,
    reason: '40 orders (4%) started more than 25 ms after they were due',
  },
  {
    name: 'some orders late, and as many failed',
    shape: {
      latencies: { created: repeat(970, 20), connection: repeat(30, 2) },
      lateness: late(40),
    },
    verdict: 'invalid',
    exit: 3,
    reason: 'without that the SLOs of 99% success and p95 100 ms might have been met',
  },
  {
    name: 'some orders late, and far more failed',
    shape: {
      latencies: { created: repeat(900, 20), serverError: repeat(100, 2) },
      lateness: late(40),
    },
    verdict: 'fail',
    exit: 1,
    reason: '40 orders (4%) started more than 25 ms after they were due',
  },
  {
    name: 'p95 above its SLO by less than orders were late',
    shape: { latencies: { created: repeat(1000, 110) }, lateness: repeat(1000, 20) },
    verdict: 'invalid',
    exit: 3,
    reason: 'The load generator itself was late by up to 20',
  },
  {
    name: 'so many orders late that the load was another one, and met',
    shape: { lateness: late(60) },
    verdict: 'invalid',
    exit: 3,
    reason: 'so the load came in bunches and was not the planned one',
  },
  {
    name: 'so many orders late that the load was another one, and missed by far',
    shape: { latencies: { serverError: repeat(1000, 2) }, lateness: late(60) },
    verdict: 'invalid',
    exit: 3,
    reason: 'so the load came in bunches and was not the planned one',
  },
];

describe('what the generator could not do', () => {
  it.each(CASES)('$name: $verdict, exit $exit', expectVerdict);

  it('is why nothing was started, where nothing could be sent', () => {
    for (const why of NOT_SENT_REASONS) {
      const { reasons } = sampleReport({ latencies: {}, dropped: { [why]: 1000 } }).run;
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toMatch(/^1,000 orders \(100% of those offered\) could not be sent/);
    }
  });

  it('is told once: as the reason of an INVALID run, or as a note', () => {
    const told = (dropped: number) =>
      sampleReport({
        latencies: { created: repeat(1000 - dropped, 20) },
        dropped,
      }).run.reasons.filter((reason) => reason.includes('could not be sent'));
    for (const dropped of [1, 10, 11, 500]) expect(told(dropped)).toHaveLength(1);
  });

  it('is named for nothing that only its share made miss', () => {
    const slow = [...repeat(600, 20), ...repeat(35, 120)];
    const latencies = { created: slow, serverError: repeat(300, 2) };
    const { verdict, reasons } = sampleReport({ latencies, dropped: 100 }).run;
    expect(verdict).toBe('fail');
    // With the 100 stored at once the p95 is 20 ms, and the success still 71%.
    expect(reasons.join(' ')).toContain('Success was ');
    expect(reasons.join(' ')).not.toContain('p95 latency was');
    const allSent = sampleReport({ latencies }).run.reasons.join(' ');
    expect(allSent).toContain('p95 latency was');
  });

  it('decides no verdict: any share of it that is not sent leaves it, or makes it INVALID', () => {
    const counts = fc.record({
      created: fc.nat(300),
      slow: fc.nat(30),
      failed: fc.nat(10),
      dropped: fc.nat(60),
    });
    fc.assert(
      fc.property(counts, ({ created, slow, failed, dropped }) => {
        // All but a few are sent, so that nothing else is the matter.
        const stages = (rate: number) => ({
          stages: [{ name: 'steady', durationSeconds: 1, fromRate: rate, toRate: rate }],
        });
        const sent = created + slow + failed;
        fc.pre(sent > 0);
        const latencies = {
          created: [...repeat(created, 20), ...repeat(slow, 150)],
          serverError: repeat(failed, 2),
        };
        const without = sampleReport({ latencies }, { plan: stages(sent) }).run.verdict;
        const { verdict } = sampleReport(
          { latencies, dropped },
          { plan: stages(sent + dropped) },
        ).run;
        expect([without, 'invalid']).toContain(verdict);
      }),
    );
  });
});
