import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../lib/core/order/outcome.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import { reportSchema } from '../../../lib/questions/report-schema.ts';
import { fromValues } from '../histogram/from-values.ts';
import {
  repeat,
  START_MS,
  sampleContext,
  samplePlan,
  sampleReport,
  sampleRunner,
  tallyOf,
} from './sample-run.ts';

const MIXED = {
  created: repeat(900, 20),
  duplicate: repeat(20, 30),
  throttled: repeat(30, 2),
  serverError: repeat(20, 3),
  timeout: repeat(10, 5000),
  connection: repeat(10, 0),
};

describe('buildReport', () => {
  it('follows its own schema, to the field', () => {
    const report = sampleReport(
      {
        ...{ latencies: MIXED, started: 995, dropped: { ports: 3, inFlight: 2 } },
        lateness: repeat(995, 1),
      },
      { plan: { arrivals: { kind: 'poisson' } } },
    );
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('counts so that outcomes + unresolved = total and total + dropped = offered', () => {
    const { requests, load } = sampleReport({ latencies: MIXED, started: 995, dropped: 5 });
    expect(requests).toMatchObject({ offered: 1000, total: 995, dropped: 5, unresolved: 5 });
    const resolved = OUTCOMES.reduce((sum, outcome) => sum + requests.outcomes[outcome], 0);
    expect(resolved + requests.unresolved).toBe(requests.total);
    expect(load).toMatchObject({ offered: 1000, sent: 995, dropped: 5, plannedOrders: 1000 });
  });

  it('takes success over what was offered, with its Wilson interval', () => {
    const { requests } = sampleReport({ latencies: MIXED, started: 995, dropped: 5 });
    expect(requests.successRatio).toBe(0.92);
    expect(requests.successRatioInterval?.[0]).toBeCloseTo(0.9015, 4);
    expect(requests.successRatioInterval?.[1]).toBeCloseTo(0.9353, 4);
  });

  it('says why orders were not sent, in all and by step', () => {
    const dropped = { inFlight: 3, descriptors: 4 };
    const report = sampleReport({ latencies: { created: repeat(993, 20) }, dropped });
    const notSent = [
      { why: 'descriptors', orders: 4 },
      { why: 'inFlight', orders: 3 },
    ];
    expect(report.generator).toMatchObject({ dropped: 7, notSent });
    expect(report.steps[0]).toMatchObject({ started: 993, dropped: 7, notSent, successRatio: 1 });
    expect(report.windows[0]).toMatchObject({ offered: 1000, sent: 993, dropped: 7 });
    const none = sampleReport();
    expect(none.generator.notSent).toEqual([]);
    expect(none.steps[0]).not.toHaveProperty('dropped');
    expect(none.steps[0]).not.toHaveProperty('notSent');
  });

  it('lists a step that nobody planned, also where nothing of it was sent', () => {
    const notSent = { default: { virtualUsers: 4 } };
    const { steps } = sampleReport({ changes: { dropped: 4, notSent } });
    expect(steps.map(({ name }) => name)).toEqual(['steady', 'default']);
    expect(steps[1]).toMatchObject({ started: 0, dropped: 4, successRatio: null });
  });

  it('says how late orders were started, in all and by step, where that is known', () => {
    const report = sampleReport({ lateness: [...repeat(990, 1), ...repeat(10, 40)] });
    for (const lateness of [report.generator.latenessMs, report.steps[0]?.latenessMs]) {
      expect(lateness?.count).toBe(1000);
      expect(lateness?.p50).toBeCloseTo(1, 1);
      expect(lateness?.max).toBeCloseTo(40, 0);
    }
    expect(report.latencyMs).toEqual(sampleReport().latencyMs);
    const unknown = sampleReport();
    expect(unknown.generator).not.toHaveProperty('latenessMs');
    expect(unknown.steps[0]).not.toHaveProperty('latenessMs');
  });

  it('says how many orders were in flight, where that is known', () => {
    const report = sampleReport({ inFlight: 42, vus: 1 });
    expect(report.generator).toMatchObject({ peakInFlight: 42, peakVUs: 1 });
    expect(report.windows[0]).toMatchObject({ inFlight: 42, vus: 1 });
    const unknown = sampleReport({ inFlight: null });
    expect(unknown.generator).not.toHaveProperty('peakInFlight');
    expect(unknown.windows[0]).not.toHaveProperty('inFlight');
  });

  it('says what kept the generator from running, where that was looked at', () => {
    const heldBack = { quotaMs: 12, pressureShare: null };
    const generator = { cpuSeconds: 1, peakRssBytes: 1, heldBack };
    expect(sampleReport({}, { context: { generator } }).generator.heldBack).toEqual(heldBack);
    expect(sampleReport().generator).not.toHaveProperty('heldBack');
  });

  it('holds what gives every moment at which an order was due, and the older names of limits', () => {
    const plan = {
      arrivals: { kind: 'cv', cv: 2 },
      ...{ maxInFlight: 300, inFlightBound: 400, clients: 3 },
    } as const;
    const { load, run } = sampleReport({}, { plan });
    expect(load).toMatchObject({ ...plan, maxVUs: 300, littleBoundVUs: 400 });
    expect(run.seed).toBe(7);
  });

  it('leaves refused connections out of the latency of all, and failures out of success', () => {
    const { latencyMs } = sampleReport({ latencies: MIXED });
    expect(latencyMs.all.count).toBe(980);
    expect(latencyMs.success.count).toBe(920);
    expect(latencyMs.byOutcome.connection?.count).toBe(10);
    expect(latencyMs.byOutcome.rejected).toBeUndefined();
  });

  it('reads percentiles within a bucket and marks extremes that are only bounds', () => {
    const { success } = sampleReport({ latencies: { created: repeat(1000, 20) } }).latencyMs;
    for (const value of [success.p50, success.p95, success.p999, success.mean]) {
      expect(value).toBeGreaterThan(20 / 1.011);
      expect(value).toBeLessThan(20 * 1.011);
    }
    expect(success).toMatchObject({ minIsBound: true, maxIsBound: true });
    expect(success.p999).toBeLessThanOrEqual(success.max ?? 0);
    expect(success.max).toBeGreaterThanOrEqual(20);
  });

  it('takes the extremes from k6’s own summary where it speaks of the same values', () => {
    const exact = { all: { min: 20, max: 20, p95: 20 }, success: { min: 1, max: 77, p95: 20 } };
    const { all, success } = sampleReport({}, { context: { exact } }).latencyMs;
    expect(all).toMatchObject({ min: 20, max: 20, p999: 20, maxIsBound: false, exact: exact.all });
    expect(success).toMatchObject({ minIsBound: true, maxIsBound: true, exact: exact.success });
  });

  it('has no cold starts of a window, rather than none, where no answer carried the headers', () => {
    expect(sampleReport().windows[0]).toMatchObject({ coldStarts: 0 });
    const blind = sampleReport({ changes: { handlerSeen: false } });
    expect(blind.windows[0]).not.toHaveProperty('coldStarts');
    expect(blind.windows[0]).not.toHaveProperty('environmentMemoryMb');
  });

  it('gives the rate while loaded, not while stragglers came in', () => {
    const tally = tallyOf(1000, { created: repeat(1000, 20) });
    const late = {
      startOffsetMs: 10_000,
      lengthMs: 5000,
      dropped: 0,
      cold: 0,
      vus: 1,
      inFlight: 2,
      ...tallyOf(0, {}),
    };
    const first = { ...late, startOffsetMs: 0, lengthMs: 10_000, ...tally };
    const report = sampleReport({ changes: { windows: [first, late] } });
    expect(report.load.loadedMs).toBe(10_000);
    expect(report.requests.rps).toBe(100);
  });

  it('takes the planned time of a load that came to its end, however its windows lie', () => {
    const of = (lengthMs: number) => {
      const tally = tallyOf(1000, { created: repeat(1000, 20) });
      const rest = { dropped: 0, cold: 0, vus: 1, inFlight: 2 };
      const windows = [{ startOffsetMs: -300, lengthMs, ...rest, ...tally }];
      return sampleReport({ changes: { windows } });
    };
    for (const lengthMs of [11_000, 4300]) {
      expect(of(lengthMs).load.loadedMs).toBe(10_000);
      expect(of(lengthMs).requests.rps).toBe(100);
    }
  });

  it('tells one order in a long load by its planned time, and not by that of one window', () => {
    const stages = [{ name: 'steady', durationSeconds: 60, fromRate: 0.02, toRate: 0.02 }];
    const tally = tallyOf(1, { created: [12] });
    const rest = { dropped: 0, cold: 0, vus: 1, inFlight: 1 };
    const windows = [{ startOffsetMs: 24_400, lengthMs: 1000, ...rest, ...tally }];
    const changes = { windows, steps: { steady: tally } };
    const latencies = { created: [12] };
    expect(sampleReport({ latencies, changes }, { plan: { stages } }).requests.rps).toBe(1 / 60);
    // Stopped after 40 s: the next order would have been due at 75 s.
    const endedAt = new Date(START_MS + 40_000).toISOString();
    const context = { status: 'interrupted', endedAt } as const;
    const stopped = sampleReport({ latencies, changes }, { plan: { stages }, context });
    expect(stopped.load.loadedMs).toBe(40_000);
  });

  it('takes of a load that was stopped the time by which its orders were due, not that of waiting for answers', () => {
    const each = tallyOf(100, { created: repeat(100, 20) });
    const rest = { lengthMs: 1000, dropped: 0, cold: 0, vus: 1, inFlight: 2 };
    const windows = [-300, 700, 1700].map((startOffsetMs, i) => ({
      ...{ startOffsetMs, ...rest },
      ...(i === 2 ? tallyOf(50, { created: repeat(50, 20) }) : each),
    }));
    const waiting = { startOffsetMs: 2700, ...rest, ...tallyOf(0, {}) };
    const steps = { steady: tallyOf(250, { created: repeat(250, 20) }) };
    const context = {
      ...{ status: 'interrupted' as const },
      endedAt: new Date(START_MS + 7000).toISOString(),
    };
    const { load, requests } = sampleReport(
      { changes: { windows: [...windows, waiting], steps } },
      { context },
    );
    expect(load.loadedMs).toBe(2500);
    expect(requests.rps).toBe(100);
  });

  it('knows nothing of cold starts where failures are marked and nobody says warm or cold', () => {
    const latencies = { created: repeat(900, 20), platformRejected: repeat(100, 5) };
    const changes = { handlerSeen: true, timingSeen: false, cold: 0 };
    const { lambda, requests, windows } = sampleReport({ latencies, changes });
    expect(lambda).toMatchObject({
      coldStarts: { value: null, source: 'absent' },
      coldStartRatio: { value: null, source: 'absent' },
    });
    expect(windows[0]).not.toHaveProperty('coldStarts');
    expect(requests.outcomes.platformRejected).toBe(100);
  });

  it('counts platform rejections as server errors, and leaves header-fed figures absent, where no handler ever spoke', () => {
    const latencies = { created: repeat(900, 20), platformRejected: repeat(100, 5) };
    const blind = sampleReport({ latencies, changes: { handlerSeen: false, cold: 0 } });
    expect(blind.requests.outcomes).toMatchObject({ platformRejected: 0, serverError: 100 });
    expect(blind.latencyMs.byOutcome.serverError?.count).toBe(100);
    expect(blind.windows[0]?.outcomes.serverError).toBe(100);
    expect(blind.steps[0]?.outcomes.serverError).toBe(100);
    expect(blind.lambda.coldStarts).toMatchObject({ value: null, source: 'absent' });
    expect(blind.lambda.handlerMs).toBeNull();

    const seen = sampleReport({ latencies, changes: { cold: 9 } });
    expect(seen.requests.outcomes).toMatchObject({ platformRejected: 100, serverError: 0 });
    expect(seen.lambda.coldStarts).toMatchObject({ value: 9, source: 'measured' });
  });

  it('derives concurrency by Little’s law from the handler’s duration', () => {
    const handler = fromValues(repeat(1000, 50));
    const { lambda } = sampleReport({ changes: { handler } });
    expect(lambda.concurrency.source).toBe('derived');
    expect(lambda.concurrency.value).toBeCloseTo(5, 1);
  });

  it('keeps the warm-up apart from every figure', () => {
    const warmup = { ...tallyOf(50, { serverError: repeat(50, 3) }), dropped: 2 };
    const report = sampleReport({ changes: { warmup } });
    expect(report.warmup).toMatchObject({ started: 50, dropped: 2, outcomes: { serverError: 50 } });
    expect(report.requests).toMatchObject({ total: 1000, dropped: 0 });
    expect(report.run.verdict).toBe('pass');
  });

  it('shows no secret of the target’s address', () => {
    const { target } = sampleReport(
      {},
      { plan: { target: 'https://me:pw@api.example.com/p?key=1#x' } },
    );
    expect(target.baseUrl).toBe('https://api.example.com/p');
  });

  it('holds at most about 120 windows of a long run, and loses no order by it', () => {
    const plan = samplePlan({
      stages: [{ name: 'steady', durationSeconds: 600, fromRate: 1, toRate: 1 }],
    });
    const windows = Array.from({ length: 600 }, (_, i) => ({
      startOffsetMs: i * 1000 - 300,
      lengthMs: 1000,
      dropped: 0,
      cold: i % 2,
      vus: 1,
      inFlight: i % 7,
      ...tallyOf(1, { created: [20] }),
    }));
    const steps = { steady: tallyOf(600, { created: repeat(600, 20) }) };
    const runner = sampleRunner({ changes: { windows, steps } });
    const report = buildReport({ plan, runners: [runner], context: sampleContext() });
    expect(report.windows.length).toBeLessThanOrEqual(121);
    expect(report.windows.reduce((sum, { sent }) => sum + sent, 0)).toBe(600);
    expect(report.windows.reduce((sum, { coldStarts = 0 }) => sum + coldStarts, 0)).toBe(300);
    expect(report.windows.every(({ lengthMs }) => lengthMs === 5000)).toBe(true);
    expect(report.run.verdict).toBe('pass');
  });

  it('lists every planned step, also one in which nothing started', () => {
    const stages = [
      { name: 'a', durationSeconds: 5, fromRate: 100, toRate: 300 },
      { name: 'b', durationSeconds: 5, fromRate: 0, toRate: 0 },
    ];
    const steps = { a: tallyOf(1000, { created: repeat(990, 20) }), stray: tallyOf(1, {}) };
    const report = sampleReport({ changes: { steps } }, { plan: { stages } });
    expect(report.steps.map(({ name }) => name)).toEqual(['a', 'b', 'stray']);
    expect(report.steps[0]).toMatchObject({ plannedRate: 200, unresolved: 10, successRatio: 0.99 });
    expect(report.steps[1]).toMatchObject({ started: 0, successRatio: null });
    expect(report.steps[2]?.plannedRate).toBeNull();
  });

  it('estimates the cost before and after, and says what it assumed', () => {
    const { cost } = sampleReport({
      latencies: { created: repeat(500, 20), throttled: repeat(500, 1) },
    });
    expect(cost).toMatchObject({ hypothetical: true, currency: 'USD' });
    expect(cost.before.orders).toBe(1000);
    expect(cost.after.totalUsd).toBeLessThan(cost.before.totalUsd);
    expect(cost.before.assumptions.join()).toContain('512 MB');
  });

  it('does without any telemetry', () => {
    const report = buildReport({ plan: samplePlan(), runners: [], context: sampleContext() });
    expect(reportSchema.parse(report).run).toMatchObject({
      verdict: 'invalid',
      loadStartedAt: null,
    });
  });
});
