import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { resolvedOf } from '../../../lib/core/report/outcome-counts.ts';
import { retryLines } from '../../../lib/core/summary/run/retry-lines.ts';
import { parseReport } from '../../../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { fromValues } from '../histogram/from-values.ts';
import { type Latencies, repeat, resendsOf, sampleReport } from './sample-run.ts';

const PLAN = { plan: { retryRatio: 0.1 } };

function reportOf(
  sent: number,
  served: Latencies,
  others: Latencies = {},
  handlerSeen = true,
): AnsweredReport {
  return sampleReport({ changes: { resends: resendsOf(sent, served, others), handlerSeen } }, PLAN);
}

const lines = (report: AnsweredReport) => retryLines(report).map(([, text]) => text);

describe('the retries of a report', () => {
  it('are absent where none was asked for, and there with zeros where none was drawn', () => {
    expect(sampleReport()).not.toHaveProperty('retries');
    const { retries } = reportOf(0, {});
    expect(retries).toMatchObject({ ratio: 0.1, sent: 0, unresolved: 0 });
    expect(retries?.latencyMs.all.count).toBe(0);
  });

  it('add up: sent = unresolved + Σ outcomes', () => {
    const few = fc.array(fc.constantFrom(1, 20, 300), { maxLength: 3 });
    fc.assert(
      fc.property(fc.nat(5), few, few, few, (unresolved, duplicate, timeout, created) => {
        const resolved = duplicate.length + timeout.length + created.length;
        const { retries } = reportOf(unresolved + resolved, { duplicate, timeout }, { created });
        expect(retries?.sent).toBe(unresolved + resolved);
        expect(retries?.unresolved).toBe(unresolved);
        expect(resolvedOf(retries?.outcomes as NonNullable<typeof retries>['outcomes'])).toBe(
          resolved,
        );
        expect(resolvedOf((retries as NonNullable<typeof retries>).servedBefore)).toBe(
          duplicate.length + timeout.length,
        );
      }),
    );
  });

  it('touch nothing of the run but its cost and the CPU time an order', () => {
    const shape = { vus: 10, latencies: { created: repeat(1000, 20) } };
    const without = sampleReport(shape);
    const resends = resendsOf(200, { serverError: repeat(150, 4000) }, { created: repeat(40, 1) });
    const withRetries = sampleReport({ ...shape, changes: { resends } }, PLAN);
    const { retries: _, cost, generator, lambda, ...rest } = withRetries;
    const { cost: costBefore, generator: generatorBefore, lambda: lambdaBefore, ...same } = without;
    expect(rest).toEqual(same);
    expect(cost.before.orders).toBe(1100);
    expect(cost.after.orders).toBe(1200);
    expect(cost.after.totalUsd).toBeGreaterThan(costBefore.after.totalUsd);
    expect(generator.cpuMicrosPerOrder).toBeCloseTo(1e6 / 1200, 6);
    expect({ ...generator, cpuMicrosPerOrder: 0 }).toEqual({
      ...generatorBefore,
      cpuMicrosPerOrder: 0,
    });
    expect(lambda.throttles.value).toBe(lambdaBefore.throttles.value);
    expect(lambda.concurrency.value).toBe(lambdaBefore.concurrency.value);
    expect(lambda.concurrency.note).toMatch(/; without second sends$/);
  });

  it('are in what the platform counted, so that its counts are not compared with the first sends’', () => {
    const one = {
      name: 'f',
      invocations: 1100,
      coldStarts: 9,
      throttles: 7,
      throttlesByReason: {},
    };
    const rest = { peakConcurrency: 1, busyMs: 1, billedMs: 1, billedGbSeconds: 1 };
    const entry = { ...one, ...rest, gauges: [], memory: [] };
    const platform = {
      ...{ lens: 'local' as const, source: 'counted', functions: [entry] as [typeof entry] },
      ...{ gatewayThrottles: 0, storedOrders: null, queue: null, notes: [] },
    };
    const { lambda } = sampleReport(
      { changes: { resends: resendsOf(100, { throttled: repeat(7, 1) }) } },
      { ...PLAN, context: { platform } },
    );
    expect(lambda.platform?.agreement.map(({ agree }) => agree)).toEqual([null, null]);
    expect(lambda.platform?.agreement[1]?.note).toContain('100 orders sent again');
  });

  it('cost what they took: a refused one no invocation, a recognised one a write', () => {
    const { cost } = reportOf(
      40,
      { duplicate: repeat(10, 5) },
      {
        throttled: repeat(20, 1),
        connection: repeat(9, 1),
      },
    );
    const [gateway, invocations, , writes] = cost.after.items.map(({ quantity }) => quantity);
    expect([gateway, invocations, writes]).toEqual([1031, 1011, 1010]);
  });

  it('have latencies of their own', () => {
    const { retries, latencyMs } = reportOf(10, { duplicate: repeat(10, 700) });
    expect(retries?.latencyMs.success.histogram).toEqual(fromValues(repeat(10, 700)));
    expect(latencyMs.success.p99).toBeLessThan(21);
  });

  it('count platform rejections as server errors where no handler ever spoke', () => {
    const { retries } = reportOf(9, { platformRejected: repeat(9, 5) }, {}, false);
    expect(retries?.outcomes).toMatchObject({ platformRejected: 0, serverError: 9 });
    expect(retries?.servedBefore).toMatchObject({ platformRejected: 0, serverError: 9 });
    expect(retries?.latencyMs.byOutcome.serverError?.count).toBe(9);
  });

  it('survive being read back', () => {
    const report = reportOf(12, { duplicate: repeat(9, 5) }, { throttled: [1] });
    expect(parseReport(JSON.stringify(report), 'it')).toEqual(report);
  });
});

describe('the summary', () => {
  it('says nothing of retries where none was asked for', () => {
    expect(renderSummary(sampleReport(), { colors: false, width: 100 })).not.toContain('retries');
  });

  it('says how many were recognised', () => {
    const report = reportOf(1200, { duplicate: repeat(1200, 5) });
    expect(renderSummary(report, { colors: false, width: 100 })).toMatch(
      /\nretries +1,200 sent again, 1,200 recognised as duplicates\n/,
    );
  });

  it('names what became of stored orders that were not accepted again', () => {
    const served = { duplicate: repeat(118, 5), serverError: [5], timeout: [5000] };
    expect(lines(reportOf(121, served))).toEqual([
      '121 sent again, 118 recognised as duplicates, 1 failed with a server error, 1 timed out, 1 never answered',
      '2 of 120 stored orders failed when sent again: 1 failed with a server error, 1 timed out',
    ]);
  });

  it('does not blame a target for the retries of orders that were not stored', () => {
    expect(lines(reportOf(7, {}, { throttled: repeat(3, 1), created: repeat(4, 9) }))).toEqual([
      '7 sent again, 4 accepted after the first send had failed, 3 throttled',
    ]);
  });

  it('cannot tell where no answer names a duplicate', () => {
    for (const handlerSeen of [true, false]) {
      expect(lines(reportOf(5, { created: repeat(5, 9) }, {}, handlerSeen))).toEqual([
        '5 sent again, 5 accepted',
        'no response has x-order-result: duplicate, so it is unknown whether the target recognised them',
      ]);
    }
  });

  it('says where stored orders were taken for new ones', () => {
    const report = reportOf(5, { created: repeat(2, 9), duplicate: repeat(3, 9) });
    expect(lines(report)).toEqual([
      '5 sent again, 3 recognised as duplicates, 2 accepted',
      '2 stored orders sent again: accepted as new, not as a duplicate',
    ]);
  });

  it('says that none was sent again', () => {
    expect(lines(reportOf(0, {}))).toEqual([
      'no order was sent again, so nothing is known about retries',
    ]);
  });
});
