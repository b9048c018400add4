import { describe, expect, it } from 'vitest';
import { startKnownRun } from './support/known-run.ts';
import type { OrderServerPlan } from './support/order-server.ts';

const FREEZING: OrderServerPlan = {
  answers: ['created'],
  delaysMs: [2],
  freeze: { everyMs: 10_000, lastMs: 2000 },
};
const LOAD = 'steady --rate 100 --duration 30s --timeout 3s --slo-p95 2500';

/** Orders fall due all the time, so those that wait for the end of a freeze are a fifth of all. */
describe.concurrent('a target that freezes 2 s of every 10 s', () => {
  it('shows the freezes in p95 and p99', async (context) => {
    const { server, load } = await startKnownRun(context, FREEZING, LOAD);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^PASS /);
    expect(exitCode).toBe(0);
    const report = await load.report();
    const { orders } = await server.log();
    const sorted = orders.map(({ serviceMs }) => serviceMs as number).sort((a, b) => a - b);
    expect(report.requests.total).toBe(orders.length);
    expect(report.requests.dropped).toBe(0);
    for (const [name, q] of [
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const truth = sorted[Math.ceil(q * sorted.length) - 1] as number;
      expect(truth).toBeGreaterThan(1400);
      const measured = report.latencyMs.success[name] as number;
      expect(
        Math.abs(measured - truth) / truth,
        `${name}: ${measured}, in truth ${truth}`,
      ).toBeLessThan(0.05);
    }
  });

  it('is not hidden by too few VUs: the run is INVALID and says so', async (context) => {
    const { server, load } = await startKnownRun(context, FREEZING, `${LOAD} --max-vus 10`);
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^INVALID .*dropped with VUs capped at 10.*--max-vus/);
    const report = await load.report();
    expect(report.requests.total).toBe((await server.log()).orders.length);
    expect(report.requests.dropped).toBeGreaterThan(300);
    expect(report.requests.offered).toBe(report.requests.total + report.requests.dropped);
  });
});
