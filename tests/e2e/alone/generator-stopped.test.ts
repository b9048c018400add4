import { describe, expect, it, type TestContext } from 'vitest';
import { startKnownRun } from '../support/known-run.ts';
import { isAlive, k6Of } from '../support/processes.ts';

const STOPPED_MS = 60;
const RUNNING_MS = 40;

/** Stops a process 60 ms of every 100, until the returned function is called or the test ends. */
function stutter({ onTestFinished }: TestContext, pid: number): () => void {
  let timer: NodeJS.Timeout;
  const send = (signal: NodeJS.Signals): void => {
    if (isAlive(pid)) process.kill(pid, signal);
  };
  const stop = (): void => {
    send('SIGSTOP');
    timer = setTimeout(go, STOPPED_MS);
  };
  const go = (): void => {
    send('SIGCONT');
    timer = setTimeout(stop, RUNNING_MS);
  };
  const end = (): void => {
    clearTimeout(timer);
    send('SIGCONT');
  };
  stop();
  onTestFinished(end);
  return end;
}

describe.concurrent('a k6 that is kept from running', () => {
  it.for([
    { answer: 'at once', delayMs: 0, sloMs: 500, isMet: true },
    // What is still to be read when k6 is stopped looks slower than it was.
    { answer: 'within its SLO', delayMs: 20, sloMs: 45, isMet: false },
  ])(
    'makes the run INVALID, of a target that answers $answer',
    async ({ delayMs, sloMs, isMet }, context) => {
      context.skip(process.platform !== 'linux', 'needs the right to read /proc, which Linux has');
      const { server, load } = await startKnownRun(
        context,
        { answers: ['created'], delaysMs: [delayMs] },
        `steady --rate 100 --duration 8s --slo-p95 ${sloMs}`,
      );
      await server.sawOrders(20);
      const end = stutter(context, k6Of(load.pid));
      await server.sawOrders(760);
      end();
      const { exitCode, stdout } = await load.done;
      expect(stdout).toMatch(
        /^\? INVALID {2}\d+ orders \(.*%\) started more than 25 ms after they were due .*, so the load came in bunches and was not the planned one\.\n(.*\n)*Next {2}Run again on an otherwise idle machine/,
      );
      expect(exitCode).toBe(3);
      const { requests, generator, thresholds } = await load.report();
      expect(requests).toMatchObject({ offered: 800, dropped: 0, unresolved: 0 });
      expect(requests.outcomes.created).toBe(800);
      expect(generator.latenessMs?.p95).toBeGreaterThan(25);
      expect(thresholds.find(({ name }) => name === 'p95')?.ok).toBe(isMet);
    },
  );
});

const PAUSE_MS = 3500;

it.concurrent('a k6 that sleeps for seconds sends no surge when it wakes, and the run is INVALID', async (context) => {
  context.skip(process.platform !== 'linux', 'needs the right to read /proc, which Linux has');
  const { server, load } = await startKnownRun(
    context,
    { answers: ['created'], delaysMs: [5] },
    'steady --rate 100 --duration 7s',
  );
  await server.sawOrders(120);
  const k6 = k6Of(load.pid);
  context.onTestFinished(() => {
    if (isAlive(k6)) process.kill(k6, 'SIGCONT');
  });
  process.kill(k6, 'SIGSTOP');
  await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  const wokenMs = Date.now();
  process.kill(k6, 'SIGCONT');
  const { exitCode, stdout } = await load.done;
  expect(stdout).toMatch(/^\? INVALID .*held up until more than a second after they were due/s);
  expect(exitCode).toBe(3);
  const { requests, generator } = await load.report();
  expect(requests.offered).toBe(700);
  expect(generator.notSent).toEqual([{ why: 'overdue', orders: requests.dropped }]);
  // Of 3.5 s those of the last second are sent late, and all others not at all.
  expect(requests.dropped).toBeGreaterThan(200);
  const { orders } = await server.log();
  expect(orders).toHaveLength(requests.total);
  const isSurge = ({ arrivedMs }: { arrivedMs: number }) =>
    arrivedMs >= wokenMs && arrivedMs < wokenMs + 300;
  expect(orders.filter(isSurge).length).toBeLessThan(170);
});
