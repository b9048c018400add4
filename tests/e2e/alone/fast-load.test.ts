import { expect, it } from 'vitest';
import { expectAllStored, expectFrozenLatency, FREEZING } from '../support/freezing.ts';
import { startKnownRun } from '../support/known-run.ts';

// Each takes most of the machine, so they run alone.

const AT_ONCE = { answers: ['created'], delaysMs: [0] } as const;

it('sends 2,000 orders a second, each once and in turn', async (context) => {
  const { server, load } = await startKnownRun(
    context,
    AT_ONCE,
    'steady --rate 2000 --duration 5s',
  );
  const { exitCode, stdout } = await load.done;
  expect(stdout).toMatch(/^✓ PASS /);
  expect(exitCode).toBe(0);
  const [report, log] = [await load.report(), await server.log()];
  expectAllStored(report, log, 10_000);
  const ids = new Set(log.orders.map(({ orderId }) => orderId));
  const planned = Array.from({ length: 10_000 }, (_, n) => `lt-${report.run.id}-${n}`);
  expect(ids).toEqual(new Set(planned));
});

const FROZEN = 'steady --rate 2000 --timeout 3s --slo-p95 2500';

it('shows the freezes of a target at 2,000 a second, and no order is lost to them', async (context) => {
  const { server, load } = await startKnownRun(context, FREEZING, `${FROZEN} --duration 12s`);
  const { exitCode, stdout } = await load.done;
  expect(stdout).toMatch(/^✓ PASS /);
  expect(exitCode).toBe(0);
  const [report, log] = [await load.report(), await server.log()];
  expectAllStored(report, log, 24_000);
  expectFrozenLatency(report, log);
  expect(report.generator.peakInFlight).toBeGreaterThan(3500);
});

it('names the ceiling of orders in flight that hides freezes at 2,000 a second', async (context) => {
  const { server, load } = await startKnownRun(
    context,
    FREEZING,
    `${FROZEN} --duration 9s --max-in-flight 10`,
  );
  const { exitCode, stdout } = await load.done;
  expect(stdout).toMatch(
    /^\? INVALID .*could not be sent(.*\n)*Next {2}Allow 6,010 orders in flight, .*\n.* --max-in-flight 6010\b/,
  );
  expect(exitCode).toBe(3);
  const { requests } = await load.report();
  expect(requests.total).toBe((await server.log()).orders.length);
  expect(requests.offered).toBe(18_000);
});
