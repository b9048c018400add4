import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../../lib/core/order/outcome.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { startKnownRun } from '../support/known-run.ts';
import type { AnswerName, ServerLog } from '../support/order-server.ts';

const TRUE_OUTCOMES: Readonly<Record<AnswerName, Outcome>> = {
  created: 'created',
  duplicate: 'duplicate',
  badRequest: 'rejected',
  conflict: 'rejected',
  tooMany: 'throttled',
  lambdaRejection: 'throttled',
  handlerFailure: 'serverError',
  badGateway: 'platformRejected',
  wrongBody: 'unexpectedBody',
  redirect: 'unexpectedBody',
  cutOff: 'connection',
  hangUp: 'connection',
  reset: 'connection',
  silence: 'timeout',
};
const ANSWER_NAMES = Object.keys(TRUE_OUTCOMES) as AnswerName[];

const IS_WARMUP = /-w\d+$/;

/** Spread like a log-normal: every delay is the quantile of another part. */
const SPREAD_MS = spread(250, { medianMs: 800, sigma: 0.35 });
/** Not at the edge of a bucket, where the format alone may be off by two thirds of what is allowed. */
const POINT_MASS_MS = 1505;

function spread(parts: number, of: { medianMs: number; sigma: number }): readonly number[] {
  const sorted = Array.from({ length: parts }, (_, i) => {
    const share = (i + 0.5) / parts;
    // The logistic quantile, scaled to the normal's spread.
    const z = (Math.log(share / (1 - share)) * Math.sqrt(3)) / Math.PI;
    return of.medianMs * Math.exp(of.sigma * z);
  });
  const STRIDE = 77;
  return sorted.map((_, i) => sorted[(i * STRIDE) % parts] as number);
}

function expectWhatTheServerSaw(report: AnsweredReport, log: ServerLog): void {
  const { requests } = report;
  const orders = measured(log);
  expect(report.warmup.started).toBe(log.orders.length - orders.length);
  expect(requests.total).toBe(orders.length);
  expect(resolved(report) + requests.unresolved).toBe(requests.total);
  expect(requests.offered).toBe(requests.total + requests.dropped);
  const ids = Array.from({ length: requests.total }, (_, i) => `lt-${report.run.id}-${i}`);
  expect(orders.map(({ orderId }) => orderId).sort()).toEqual(ids.sort());
}

/** All orders but those of the warm-up. */
function measured({ orders }: ServerLog): ServerLog['orders'] {
  return orders.filter(({ orderId }) => !IS_WARMUP.test(orderId ?? ''));
}

function resolved({ requests }: AnsweredReport): number {
  return OUTCOMES.reduce((sum, outcome) => sum + requests.outcomes[outcome], 0);
}

function trueQuantileMs(log: ServerLog, q: number): number {
  const sorted = measured(log)
    .filter(({ answer }) => answer === 'created')
    .map(({ serviceMs }) => serviceMs as number)
    .sort((a, b) => a - b);
  return sorted[Math.ceil(q * sorted.length) - 1] as number;
}

const STEADY_WITH_WARMUP = 'steady --rate 50 --duration 5s --warmup 2s --slo-p95 3500';
const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Delays are long, so that what loopback and a busy machine add stays well inside of 1.5%. */
function expectTrueLatency(report: AnsweredReport, log: ServerLog): void {
  for (const [name, q] of Object.entries(QUANTILES)) {
    const truth = trueQuantileMs(log, q);
    const reported = report.latencyMs.success[name as keyof typeof QUANTILES] as number;
    expect(
      Math.abs(reported - truth),
      `${name}: ${reported} ms, in truth ${truth} ms`,
    ).toBeLessThan(Math.max(1, 0.015 * truth));
  }
}

// Apart from the others: many processes starting at once would delay what k6 sees of an answer.
describe('the latency in a report', () => {
  it.concurrent('gives the true percentiles of a spread', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: SPREAD_MS },
      STEADY_WITH_WARMUP,
    );
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✓ PASS /);
    expect(exitCode).toBe(0);
    const [report, log] = [await load.report(), await server.log()];
    expectWhatTheServerSaw(report, log);
    expectTrueLatency(report, log);
  });

  it.concurrent('gives the true percentiles of a point mass, also against those of k6 itself', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [POINT_MASS_MS] },
      `${STEADY_WITH_WARMUP} --exact`,
    );
    expect((await load.done).exitCode).toBe(0);
    const [report, log] = [await load.report(), await server.log()];
    expectWhatTheServerSaw(report, log);
    expectTrueLatency(report, log);
    const { success } = report.latencyMs;
    for (const name of ['p50', 'p95', 'p99'] as const) {
      const exact = success.exact?.[name] as number;
      expect(Math.abs((success[name] as number) - exact) / exact, name).toBeLessThan(0.011);
    }
  });
});

describe.concurrent('a report against a server whose truth is known', () => {
  it('counts every kind of answer as what it is', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ANSWER_NAMES, delaysMs: [5] },
      'steady --rate 40 --duration 5s --timeout 2s',
    );
    expect((await load.done).exitCode).toBe(1);
    const [report, log] = [await load.report(), await server.log()];
    expectWhatTheServerSaw(report, log);
    const truth = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
    for (const { answer } of log.orders) {
      const outcome = TRUE_OUTCOMES[answer];
      truth[outcome] = (truth[outcome] ?? 0) + 1;
    }
    expect(report.requests.outcomes).toEqual(truth);
    expect(report.requests.successRatio).toBe(
      ((truth['created'] ?? 0) + (truth['duplicate'] ?? 0)) / report.requests.offered,
    );
    // The preflight's one GET, and no redirect followed.
    expect(log.others).toEqual(['GET /']);
  });

  it.for([
    { signal: 'SIGINT', exitCode: 130 },
    { signal: 'SIGTERM', exitCode: 143 },
  ] as const)('is whole when $signal interrupts the run', async ({ signal, exitCode }, context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [1500] },
      'steady --rate 10 --duration 60s --slo-p95 4000',
    );
    await server.sawOrders(50);
    load.kill(signal);
    expect((await load.done).exitCode).toBe(exitCode);
    const [report, log] = [await load.report(), await server.log()];
    expect(report.run.status).toBe('interrupted');
    expectWhatTheServerSaw(report, log);
    expect(report.requests.outcomes.created).toBeGreaterThan(0);
    expect(report.requests.unresolved).toBeGreaterThan(0);
  });

  it('counts every order of a target that never answers as timed out', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['silence'], delaysMs: [0] },
      'steady --rate 20 --duration 3s --timeout 1s',
    );
    expect((await load.done).exitCode).toBe(1);
    const report = await load.report();
    expectWhatTheServerSaw(report, await server.log());
    expect(report.requests.outcomes.timeout).toBe(report.requests.total);
    expect(report.requests.successRatio).toBe(0);
  });

  it('counts orders in flight at an interruption as unresolved', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['silence'], delaysMs: [0] },
      'steady --rate 10 --duration 60s --timeout 30s',
    );
    await server.sawOrders(20);
    load.kill('SIGINT');
    expect((await load.done).exitCode).toBe(130);
    const report = await load.report();
    expectWhatTheServerSaw(report, await server.log());
    expect(report.requests.unresolved).toBe(report.requests.total);
    expect(report.requests.successRatio).toBe(0);
  });

  it('refuses a graceful stop that would cut off answers', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [0] },
      'steady --rate 10 --duration 2s --timeout 2s --graceful-stop 2s',
    );
    const { exitCode, stderr } = await load.done;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error \[\w+\]: .*graceful.*\n$/i);
    expect(await server.log()).toEqual({ orders: [], others: [] });
  });
});
