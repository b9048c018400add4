import { describe, expect, it } from 'vitest';
import { startKnownRun } from './support/known-run.ts';

/** An order may have been counted, and not be on its way yet, when k6 is told to stop. */
const MOST_UNSEEN = 3;

describe.concurrent('a Ctrl-C with many orders in flight', () => {
  it('reports those that were answered, and the others as unresolved', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [2000] },
      'steady --rate 100 --duration 60s --slo-p95 4s',
    );
    await server.sawOrders(450);
    load.kill('SIGINT');
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(130);
    expect(stdout).toContain('The run was interrupted: the figures are partial');
    const { run, requests, generator } = await load.report();
    const { orders } = await server.log();
    expect(run.status).toBe('interrupted');
    expect(requests.total - orders.length).toBeGreaterThanOrEqual(0);
    expect(requests.total - orders.length).toBeLessThanOrEqual(MOST_UNSEEN);
    expect(requests.dropped).toBe(0);
    expect(requests.outcomes.created + requests.unresolved).toBe(requests.total);
    expect(requests.outcomes.created).toBeGreaterThan(100);
    // Two seconds of 100 a second.
    expect(requests.unresolved).toBeGreaterThan(100);
    expect(requests.unresolved).toBeLessThanOrEqual(generator.peakInFlight ?? 0);
  });

  it('reports all orders of a target that never answered as unresolved', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['silence'], delaysMs: [0] },
      'steady --rate 100 --duration 60s --timeout 30s --no-abort',
    );
    await server.sawOrders(300);
    load.kill('SIGINT');
    const { exitCode } = await load.done;
    expect(exitCode).toBe(130);
    const { run, requests } = await load.report();
    const { orders } = await server.log();
    expect(run.status).toBe('interrupted');
    expect(requests.total - orders.length).toBeGreaterThanOrEqual(0);
    expect(requests.total - orders.length).toBeLessThanOrEqual(MOST_UNSEEN);
    expect(requests.unresolved).toBe(requests.total);
    expect(requests.successRatio).toBe(0);
  });
});
