import { describe, expect, it } from 'vitest';
import { NOT_SENT_REASONS, type NotSentReason } from '../../../lib/core/order/not-sent.ts';
import type { Evidence } from '../../../lib/core/report/evidence.ts';
import { generatorFaults, generatorNotes } from '../../../lib/core/report/generator-reasons.ts';
import { planFactsOf } from '../../../lib/core/report/run-facts.ts';
import { type RunnerShape, repeat, samplePlan, sampleReport } from './sample-run.ts';

/** What the verdict on a sample run rests on. */
function evidenceOf(
  shape: RunnerShape,
  generator: Partial<Evidence['generator']> = {},
  plan: Parameters<typeof samplePlan>[0] = {},
): Evidence {
  const report = sampleReport(shape, { plan });
  const { requests, latencyMs } = report;
  return {
    plan: planFactsOf(samplePlan(plan)),
    baseUrl: report.target.baseUrl,
    run: report.run,
    requests,
    warmupOutcomes: report.warmup.outcomes,
    judged: {
      offered: requests.offered,
      outcomes: requests.outcomes,
      success: latencyMs.success.histogram,
    },
    thresholds: report.thresholds,
    generator: { ...report.generator, ...generator },
  };
}

/** Why no conclusion can be drawn because of the load generator. */
const reasonsOf = (evidence: Evidence) => generatorFaults(evidence).map(({ text }) => text);

const STORED = { created: repeat(900, 20) };
const CAPPED = { maxInFlight: 100, inFlightBound: 500 };
const late = (orders: number) => [...repeat(orders, 300), ...repeat(1000 - orders, 0)];

describe('orders that were not sent and could change the verdict', () => {
  it.each<[NotSentReason, string]>([
    ['inFlight', 'the limit of orders in flight was reached'],
    ['overdue', 'k6 was held up until more than a second after they were due'],
    ['descriptors', 'k6 reached the limit of open files and connections on this machine'],
    ['ports', 'this machine had no local port left for a connection'],
    ['memory', 'this machine had no memory left for a connection'],
    ['nameServer', "the name server did not resolve the target's name"],
    ['virtualUsers', 'no virtual user of k6 was free'],
  ])('for want of %s are one line: how many, why, what is open', (why, what) => {
    const shape = { latencies: STORED, dropped: { [why]: 100 }, vus: 100 };
    expect(reasonsOf(evidenceOf(shape, {}, CAPPED))).toEqual([
      `100 orders (10% of those offered) could not be sent, because ${what}: success lies between 90% and 100%, and the SLO of 99% lies in between.`,
    ]);
  });

  it('do not lack a free virtual user where k6 used few of those allowed', () => {
    const shape = { latencies: STORED, dropped: { virtualUsers: 100 }, vus: 34 };
    expect(reasonsOf(evidenceOf(shape, {}, CAPPED))[0]).toContain(
      'because k6 did not start virtual users fast enough (34 of 100 in use): ',
    );
    expect(reasonsOf(evidenceOf({ ...shape, vus: null }, {}, CAPPED))[0]).toContain(
      'because no virtual user of k6 was free: ',
    );
  });

  it('name every reason, the most frequent first', () => {
    const shape = { latencies: STORED, dropped: { inFlight: 30, ports: 50, memory: 20 } };
    const [reason] = reasonsOf(evidenceOf(shape, {}, CAPPED));
    expect(reason).toContain(
      'because this machine had no local port left for a connection, and the limit of orders in flight was reached, and this machine had no memory left',
    );
  });

  it('say so of p95 where success is beyond doubt', () => {
    const shape = { latencies: { created: repeat(940, 20) }, dropped: 60 };
    const slo = { successRatio: 0.9, p95Ms: 100 };
    expect(reasonsOf(evidenceOf(shape, {}, { slo }))[0]).toMatch(
      /: p95 lies between (19|20)(\.\d)? ms and 4\.\d+ s, and the SLO of 100 ms lies in between\./,
    );
  });

  it('say what was slow of what was sent, where this machine kept back many', () => {
    const latencies = { created: repeat(900, 150) };
    const ofMachine = evidenceOf({ latencies, dropped: { descriptors: 100 } });
    expect(reasonsOf(ofMachine)).toEqual([
      expect.stringContaining(
        'success lies between 90% and 100%, and the SLO of 99% lies in between; the p95 of the orders sent would miss the SLO of 100 ms, but may include time spent waiting for that limit.',
      ),
    ]);
    // A ceiling of the user's own holds up no order that is sent.
    expect(reasonsOf(evidenceOf({ latencies, dropped: { inFlight: 100 } }, {}, CAPPED))).toEqual(
      [],
    );
    const limit = { what: 'this machine is small', mend: 'use a larger one' };
    const cut = evidenceOf(
      { latencies, dropped: { inFlight: 100 } },
      {},
      { ...CAPPED, inFlightLimit: limit },
    );
    expect(reasonsOf(cut)).toHaveLength(1);
  });

  it('are a reason too in a report that does not know why', () => {
    const { notSent: _, ...generator } = evidenceOf({ latencies: STORED, dropped: 100 }).generator;
    const evidence = { ...evidenceOf({ latencies: STORED, dropped: 100 }), generator };
    expect(reasonsOf(evidence)).toEqual([
      '100 orders (10% of those offered) could not be sent: success lies between 90% and 100%, and the SLO of 99% lies in between.',
    ]);
  });
});

describe('orders that were started late', () => {
  const saturated = { saturated: true, why: 'k6 used 97% of its available CPU time' };
  const heldBack = { quotaMs: 800, pressureShare: 0.7 };

  it.each([
    [
      'a quota, before all else',
      { ...saturated, heldBack },
      'a CPU quota kept k6 from running (800 ms of CPU time)',
    ],
    [
      'its own limit, before other programs',
      { ...saturated, heldBack: { quotaMs: 50, pressureShare: 0.7 } },
      'the load generator was at its limit (k6 used 97% of its available CPU time)',
    ],
    [
      'other programs',
      { heldBack: { quotaMs: null, pressureShare: 0.7 } },
      'other programs competed for the CPU (for 70% of the run)',
    ],
    [
      'nothing that is known, where little was wanted by others',
      { heldBack: { quotaMs: 0, pressureShare: 0.2 } },
      'k6 was held up',
    ],
    ['nothing that is known', {}, 'k6 was held up'],
  ])('name what kept them: %s', (_, generator, cause) => {
    const [reason, ...others] = reasonsOf(evidenceOf({ lateness: late(60) }, generator));
    expect(others).toEqual([]);
    expect(reason).toMatch(
      /^60 orders \(6%\) started more than 25 ms after they were due \(p99 30\d ms\), because /,
    );
    expect(reason).toContain(
      `because ${cause}, so the load came in bunches and was not the planned one.`,
    );
  });

  it('are a reason where what they spoiled may be all that was missed', () => {
    const latencies = { created: repeat(970, 20), timeout: repeat(30, 5000) };
    const [reason, ...others] = reasonsOf(evidenceOf({ latencies, lateness: late(40) }));
    expect(others).toEqual([]);
    expect(reason).toMatch(
      /^40 orders \(4%\) .*: without that the SLOs of 99% success and p95 100 ms might have been met\.$/,
    );
  });

  it('are one too where none was late by much', () => {
    const shape = { latencies: { created: repeat(1000, 105) }, lateness: repeat(1000, 8) };
    expect(reasonsOf(evidenceOf(shape))).toEqual([
      expect.stringMatching(/^The load generator itself was late by up to (7\.9|8)\d* ms: without/),
    ]);
  });

  it('say whether being busy delayed anything; where it is not known, busy is a reason', () => {
    expect(reasonsOf(evidenceOf({ lateness: late(0) }, saturated))).toEqual([]);
    expect(reasonsOf(evidenceOf({}, saturated))).toEqual([
      'The load generator was saturated (k6 used 97% of its available CPU time), so the figures describe the generator and not the target.',
    ]);
  });

  it('are the reason, and not an order that was not sent, where that one alone decides nothing', () => {
    const shape = {
      latencies: { created: repeat(999, 112) },
      dropped: 1,
      lateness: repeat(999, 15),
    };
    expect(reasonsOf(evidenceOf(shape))).toEqual([
      expect.stringMatching(/^The load generator itself was late by up to 1[45]/),
    ]);
  });

  it('are named beside orders that were not sent, where only both together leave it open', () => {
    const latencies = { created: repeat(980, 20), timeout: repeat(20, 5000) };
    const shape = { latencies, dropped: { ports: 100 }, lateness: late(9) };
    expect(reasonsOf(evidenceOf(shape))).toEqual([
      expect.stringMatching(/^100 orders .* could not be sent, because .* no local port left/),
      expect.stringMatching(
        /^9 orders .*: without that, and with all orders sent, the SLOs of 99% success /,
      ),
    ]);
    expect(reasonsOf(evidenceOf({ ...shape, lateness: late(0) }))).toEqual([]);
    expect(reasonsOf(evidenceOf({ ...shape, dropped: 0 }))).toEqual([]);
  });

  it('are no reason where more was missed than they can have spoiled', () => {
    const shape = { latencies: { serverError: repeat(1000, 2) }, lateness: late(40) };
    expect(reasonsOf(evidenceOf(shape))).toEqual([]);
  });

  it('are one reason and not two where they were another load', () => {
    const latencies = { created: repeat(970, 20), timeout: repeat(30, 5000) };
    expect(reasonsOf(evidenceOf({ latencies, lateness: late(60) }))).toEqual([
      expect.stringContaining('so the load came in bunches'),
    ]);
  });

  it('stand beside orders that were not sent, where both leave the verdict open', () => {
    const shape = { latencies: STORED, dropped: 100, lateness: late(100) };
    const reasons = reasonsOf(evidenceOf(shape));
    expect(reasons).toEqual([
      expect.stringContaining('so the load came in bunches'),
      expect.stringContaining('could not be sent'),
    ]);
  });
});

describe('notes', () => {
  it('are there for what changed nothing', () => {
    const shape = { latencies: { created: repeat(995, 20) }, dropped: 5, lateness: late(40) };
    const generator = { saturated: true, why: 'k6 used 97% of its available CPU time' };
    expect(generatorNotes(evidenceOf(shape, generator))).toEqual([
      '5 orders (0.5% of those offered) could not be sent, because the limit of orders in flight was reached. That does not affect the verdict.',
      expect.stringMatching(
        /^40 orders \(4%\) started more .*; lateness is not part of any latency\.$/,
      ),
      'The load generator was busy (k6 used 97% of its available CPU time).',
    ]);
    expect(reasonsOf(evidenceOf(shape, generator))).toEqual([]);
  });

  it('are none where all was sent on time', () => {
    expect(generatorNotes(evidenceOf({ lateness: late(0) }))).toEqual([]);
    expect(generatorNotes(evidenceOf({}))).toEqual([]);
  });
});

it('never speaks of the target as the one to blame', () => {
  for (const why of NOT_SENT_REASONS) {
    const shape = { latencies: STORED, dropped: { [why]: 100 }, lateness: late(60) };
    const evidence = evidenceOf(shape, { heldBack: { quotaMs: 800, pressureShare: 1 } });
    for (const text of [...reasonsOf(evidence), ...generatorNotes(evidence)]) {
      expect(text).not.toMatch(/target(?!'s name)(?! by its IP address)/);
      expect(text).not.toMatch(/\n|undefined|NaN|null/);
    }
  }
});
