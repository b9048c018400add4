import { describe, expect, it } from 'vitest';
import { CAPACITY_SETTINGS } from '../../../studies/capacity/capacity-settings.ts';
import {
  type CapacityResult,
  measureCapacity,
} from '../../../studies/capacity/measure-capacity.ts';
import { startQueueServer } from '../../../studies/capacity/start-queue-server.ts';
import { startLoad } from '../support/start-load.ts';

const TOLERANCE = 0.05;
/** A measurement of one to two minutes, and once more if it says itself that it proves nothing. */
const TIMEOUT_MS = 400_000;

/**
 * Leaves a stall of the machine the most room, and its rate is high enough for short refinements;
 * studies/capacity/capacity.ts has all settings.
 */
const ROBUST = 'reserved concurrency 200, 2 s';

async function measure(name: string): Promise<CapacityResult & { limit: string | null }> {
  const setting = CAPACITY_SETTINGS.find((candidate) => candidate.name === name);
  if (setting === undefined) throw new Error(`no setting ${name}`);
  const once = () => measureCapacity(setting, process.env);
  const first = await once();
  const isAsExpected = first.capacity.status === setting.expected.status;
  const result = first.report.run.verdict === 'invalid' && !isAsExpected ? await once() : first;
  return { ...result, limit: setting.expected.limit };
}

// They wait more than they work, so they run at once.
describe.concurrent('a ramp', () => {
  it(
    `finds the capacity of ${ROBUST} to a twentieth, and what limits it`,
    async () => {
      const { capacity, trueRatePerSecond, report, exitCode, limit } = await measure(ROBUST);
      expect(capacity).toMatchObject({ status: 'determined', limit });
      const error = (capacity.ratePerSecond ?? 0) / trueRatePerSecond - 1;
      expect(Math.abs(error)).toBeLessThan(TOLERANCE);
      expect(report.run.verdict).toBe('pass');
      expect(exitCode).toBe(0);
      expect(report.refinements?.length).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );

  it('does not take a generator that gave out for a limit of the target', async ({ expect }) => {
    const { capacity, report, exitCode } = await measure('30 in flight against 500 ms');
    expect(capacity).toMatchObject({ status: 'notDetermined', limit: 'generator' });
    expect(capacity.ratePerSecond).toBeNull();
    expect(report.run.verdict).toBe('invalid');
    expect(exitCode).toBe(3);
  });
});

it.concurrent('a breakpoint stops by itself once the target has collapsed, and passes', async (context) => {
  const server = await startQueueServer({ servers: 5, serviceMs: 200, whenBusy: 'wait' });
  context.onTestFinished(server.stop);
  const load = startLoad(
    `breakpoint --profile quick --duration 80s --arrivals even --timeout 1s --slo-p95 500 --target ${server.url}`,
  );
  context.onTestFinished(load.dispose);
  const { exitCode, stdout } = await load.done;
  expect(stdout).toMatch(/^◆ MEASURED {2}It broke at /);
  expect(exitCode).toBe(0);
  const { run, answers, load: made } = await load.report();
  expect(run.status).toBe('aborted');
  expect(made.loadedMs).toBeLessThan(80_000);
  const { breakpoint } = answers;
  expect(breakpoint).toMatchObject({ status: 'broken', firstBreach: { limit: 'latency' } });
  // 25 orders a second is what five servers of 200 ms can do.
  expect(breakpoint?.firstBreach?.ratePerSecond).toBeGreaterThan(25);
  expect(breakpoint?.firstBreach?.lastGoodRatePerSecond).toBeLessThan(26);
  expect(breakpoint?.peakServed?.servedPerSecond).toBeLessThan(26);
  expect(breakpoint?.collapse?.successRatio).toBeLessThan(0.1);
  expect(breakpoint?.stoppedBecause).toContain('collapsed');
});
