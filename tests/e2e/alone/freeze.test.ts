import { describe, expect, it } from 'vitest';
import { expectAllStored, expectFrozenLatency, FREEZING } from '../support/freezing.ts';
import { startKnownRun } from '../support/known-run.ts';

const LOAD = 'steady --rate 100 --duration 20s --timeout 3s --slo-p95 2500';

/** Orders fall due all the time, so those that wait for the end of a freeze are a fifth of all. */
describe.concurrent('a target that freezes 2 s of every 10 s', () => {
  it('shows the freezes in p95 and p99, and no order is lost to them', async (context) => {
    const { server, load } = await startKnownRun(context, FREEZING, LOAD);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✓ PASS /);
    expect(exitCode).toBe(0);
    const [report, log] = [await load.report(), await server.log()];
    expectAllStored(report, log, 2000);
    expectFrozenLatency(report, log);
  });

  it.for(['--max-in-flight', '--max-vus'])(
    'is not hidden by a small %s: the run is INVALID and says so',
    async (flag, context) => {
      const { server, load } = await startKnownRun(context, FREEZING, `${LOAD} ${flag} 10`);
      const { exitCode, stdout, stderr } = await load.done;
      expect(stderr).toMatch(/^in flight at most 10 orders \(--max-in-flight\); .* INVALID$/m);
      expect(stdout).toMatch(
        /^\? INVALID .* could not be sent, because the limit of orders in flight was reached: .*\.\n(.*\n)*Next {2}Allow 310 orders in flight, or lower the rate:\n.* --max-in-flight 310\b/m,
      );
      expect(exitCode).toBe(3);
      const { requests, generator } = await load.report();
      expect(requests.total).toBe((await server.log()).orders.length);
      expect(requests.dropped).toBeGreaterThan(300);
      expect(requests.offered).toBe(2000);
      expect(generator.notSent).toEqual([{ why: 'inFlight', orders: requests.dropped }]);
      expect(generator.peakInFlight).toBe(10);
    },
  );
});
