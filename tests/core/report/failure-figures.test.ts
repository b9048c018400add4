import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import type { Failure } from '../../../lib/core/report/schema/failure-schema.ts';
import type { FailureExample } from '../../../lib/core/telemetry/failure-example.ts';
import type { FailureTally } from '../../../lib/core/telemetry/tally.ts';
import { mergeReports } from '../../../lib/questions/merge-reports.ts';
import { parseReport } from '../../../lib/questions/parse-report.ts';
import { repeat, START_MS, sampleReport, tallyOf } from './sample-run.ts';

const tally = (changes: Partial<FailureTally>): FailureTally => ({
  ...{ outcome: 'rejected', status: 401, error: '', arm: null, orders: 1 },
  ...{ firstMs: START_MS, lastMs: START_MS + 1000 },
  ...changes,
});

const example = (atMs: number): FailureExample => ({
  ...{ outcome: 'rejected', status: 401, error: '', arm: null, atMs, words: '' },
  ...{ headers: { Server: 'x' }, body: 'no', bodyCharacters: 2 },
});

function reportOf(
  failures: readonly FailureTally[] | undefined,
  counts: Partial<Record<Outcome, number>>,
  { runner = '1', handlerSeen = true } = {},
) {
  const latencies = Object.fromEntries(
    Object.entries(counts).map(([outcome, count]) => [outcome, repeat(count, 20)]),
  );
  const changes = { runner, handlerSeen, ...(failures && { failures }) };
  return sampleReport({ latencies, changes });
}

const sumOf = (failures: readonly Failure[] | undefined, outcome: string) =>
  (failures ?? []).reduce((sum, one) => sum + (one.outcome === outcome ? one.orders : 0), 0);

describe('requests.failures', () => {
  it('has each way to fail, most frequent first, with its seconds', () => {
    const { requests } = reportOf(
      [
        tally({ orders: 2, firstMs: START_MS - 5 }),
        tally({
          ...{ outcome: 'connection', status: 0, error: 'EOF', orders: 3 },
          ...{ firstMs: START_MS + 2000, lastMs: START_MS + 4000 },
        }),
      ],
      { created: 5, rejected: 2, connection: 3 },
    );
    expect(requests.failures).toMatchObject([
      { outcome: 'connection', status: null, error: 'EOF', orders: 3, fromMs: 2000, toMs: 4000 },
      { outcome: 'rejected', status: 401, error: null, orders: 2, fromMs: 0, toMs: 1000 },
    ]);
  });

  it('is absent where nothing tells, and empty where nothing failed', () => {
    expect(reportOf(undefined, { rejected: 2 }).requests).not.toHaveProperty('failures');
    expect(reportOf([], { created: 2 }).requests.failures).toEqual([]);
  });

  it('adds up to the outcomes, whatever was not told apart', () => {
    const statuses = fc.uniqueArray(fc.integer({ min: 400, max: 499 }), { maxLength: 60 });
    fc.assert(
      fc.property(statuses, fc.nat(20), (codes, untold) => {
        const failures = codes.map((status) => tally({ status, orders: 2 }));
        const rejected = 2 * codes.length + untold;
        const { requests } = reportOf(failures, { created: 1, rejected });
        expect(requests.failures?.length).toBeLessThanOrEqual(31);
        expect(sumOf(requests.failures, 'rejected')).toBe(rejected);
      }),
      { numRuns: 50 },
    );
  });

  it('counts a gateway error as its outcome is counted where no handler was seen', () => {
    const gateway = [tally({ outcome: 'platformRejected', status: 502, orders: 4 })];
    const counts = { created: 1, platformRejected: 4 };
    const report = reportOf(gateway, counts, { handlerSeen: false });
    expect(report.requests.failures).toMatchObject([{ outcome: 'serverError', orders: 4 }]);
    expect(mergeReports([report]).requests.failures).toEqual(report.requests.failures);
  });

  it('keeps the example of each way, and takes its moment', () => {
    const failures = [example(START_MS + 6012)];
    const { requests } = sampleReport(
      {
        latencies: { created: repeat(6, 20), rejected: repeat(4, 20) },
        changes: {
          failures: [tally({ orders: 4, firstMs: START_MS + 5400, lastMs: START_MS + 9400 })],
        },
      },
      { context: { k6: { exitCode: 0, signal: null, exceptions: [], failures } } },
    );
    expect(requests.failures?.[0]).toMatchObject({
      ...{ fromMs: 6012, toMs: 9400 },
      example: { headers: { Server: 'x' }, body: 'no', bodyCharacters: 2 },
    });
  });

  it('takes no moment of an example that a warm-up saw', () => {
    const failures = [example(START_MS - 6012)];
    const { requests } = sampleReport(
      {
        latencies: { created: repeat(6, 20), rejected: repeat(4, 20) },
        changes: { failures: [tally({ orders: 4, firstMs: START_MS + 3000 })] },
      },
      { context: { k6: { exitCode: 0, signal: null, exceptions: [], failures } } },
    );
    expect(requests.failures?.[0]).toMatchObject({ fromMs: 3000, example: { body: 'no' } });
  });

  it.each([
    ['stored before, none after', [5, 5, 0, 0], 2000, 4000, true],
    ['stored after as well', [5, 5, 0, 1], 2000, 4000, false],
    ['none stored before', [0, 0, 0, 0], 2000, 4000, false],
    ['nothing known of afterwards', [5, 5, 5, 0], 3200, 4000, false],
    ['over before the end', [5, 5, 0, 0], 2000, 2500, false],
  ] as const)('says since when only where windows show it: %s', (_, stored, from, to, isSince) => {
    const windows = stored.map((count, second) => ({
      ...{ startOffsetMs: second * 1000, lengthMs: 1000, dropped: 0, cold: 0, vus: 1, inFlight: 1 },
      ...tallyOf(5, { created: repeat(count, 20), rejected: repeat(5 - count, 20) }),
    }));
    const failures = [tally({ orders: 10, firstMs: START_MS + from, lastMs: START_MS + to })];
    const { requests } = sampleReport(
      {
        latencies: { created: repeat(10, 20), rejected: repeat(10, 20) },
        changes: { windows, failures },
      },
      { plan: { stages: [{ name: 'steady', durationSeconds: 4, fromRate: 5, toRate: 5 }] } },
    );
    expect(requests.failures?.[0]?.hint?.startsWith('since second')).toBe(isSince);
  });

  it('can be written and read', () => {
    const report = reportOf([tally({ orders: 2 })], { created: 5, rejected: 2 });
    expect(parseReport(JSON.stringify(report), 'it')).toEqual(report);
  });

  it('of several runners adds up in any order, and old reports hide nothing', () => {
    const one = reportOf(
      [tally({ orders: 2, firstMs: START_MS + 3000, lastMs: START_MS + 4000 })],
      { created: 5, rejected: 2 },
    );
    const two = reportOf(
      [
        tally({ orders: 3, firstMs: START_MS + 1000, lastMs: START_MS + 3000 }),
        tally({ status: 404, orders: 1 }),
      ],
      { created: 5, rejected: 4 },
      { runner: '2' },
    );
    const old = reportOf(undefined, { created: 5, rejected: 7 }, { runner: '3' });
    const merged = mergeReports([one, two, old]).requests.failures;
    expect(merged).toMatchObject([
      { status: 401, orders: 5, fromMs: 1000, toMs: 4000 },
      { status: 404, orders: 1 },
      { status: null, error: null, orders: 7 },
    ]);
    expect(mergeReports([old, two, one]).requests.failures).toEqual(merged);
    expect(mergeReports([old]).requests).not.toHaveProperty('failures');
  });
});

describe('a verdict', () => {
  it('names statuses and what the most frequent usually means', () => {
    const { run } = reportOf([tally({ orders: 600 }), tally({ status: 404, orders: 10 })], {
      created: 390,
      rejected: 610,
    });
    expect(run.verdict).toBe('fail');
    expect(run.reasons[0]).toContain('610 rejected (401 × 600, 404 × 10)');
    expect(run.reasons[1]).toMatch(/^600 of 610 failures are 401: .*--bearer-env/);
  });

  it('of a rising load names what is no matter of its rate', () => {
    const reasonsOf = (changes: Partial<FailureTally>, outcome: Outcome) =>
      sampleReport(
        {
          latencies: { created: repeat(100, 20), [outcome]: repeat(900, 20) },
          changes: { failures: [tally({ outcome, orders: 900, ...changes })] },
        },
        { plan: { scenario: 'breakpoint' } },
      ).run.reasons.join('\n');
    expect(reasonsOf({}, 'rejected')).toMatch(/All 900 failures are 401: .*credentials/);
    expect(reasonsOf({ status: 429 }, 'throttled')).not.toContain('failures are');
  });

  it('says why no connection led to an answer', () => {
    const failures = [
      tally({ outcome: 'connection', status: 0, error: 'x509: unknown authority', orders: 9 }),
    ];
    const { run } = reportOf(failures, { connection: 9 });
    expect(run.verdict).toBe('invalid');
    expect(run.reasons[0]).toMatch(
      /^No connection to \S+ ever got a response \(9 attempts: x509: unknown authority\)\. .* with --ca/,
    );
  });

  it('blames this machine for a header that k6 refuses to send', () => {
    const { run } = sampleReport({ latencies: {}, dropped: { request: 1000 } });
    expect(run.verdict).toBe('invalid');
    expect(run.reasons[0]).toMatch(/k6 refused to make the requests: a header/);
    expect(run.reasons.join(' ')).not.toMatch(/target runs/);
  });
});
