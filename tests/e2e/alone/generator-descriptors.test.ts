import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { startKnownRun } from '../support/known-run.ts';
import type { OrderServerPlan } from '../support/order-server.ts';
import { k6Of } from '../support/processes.ts';

/** 300 orders are in flight at 100 a second. */
const SLOW: OrderServerPlan = { answers: ['created'], delaysMs: [3000] };
/** 80 of 100 a second, which are one in twenty of 16 s. */
const SLOW_FOR_A_MOMENT: OrderServerPlan = {
  answers: ['created'],
  delaysMs: [2],
  degraded: { fromMs: 5000, toMs: 5800, answer: 'created', delayMs: 3000 },
};

/** A shell that lets so many files be open, which leaves room for 64 orders fewer. */
function withFewFiles(files: number): { by: readonly string[] } {
  return { by: ['sh', '-c', `ulimit -n ${files}; exec "$@"`, 'sh'] };
}

describe.concurrent('open files that are too few', () => {
  it('for the load at its SLO end the run before anything is sent', async (context) => {
    const args = 'steady --rate 100 --duration 8s --slo-p95 4s --timeout 5s';
    const { server, load } = await startKnownRun(context, SLOW, args, withFewFiles(256));
    const { exitCode, stdout, stderr } = await load.done;
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^error \[E_MACHINE_LIMIT\]: .*256 open files.*room for 192 orders.*ulimit -n 65536\)\.\n$/,
    );
    expect(exitCode).toBe(4);
    expect(await server.log()).toEqual({ orders: [], others: [] });
  });

  it.for([
    {
      what: 'what the target holds for a moment',
      plan: SLOW_FOR_A_MOMENT,
      args: 'steady --rate 100 --duration 16s',
      files: 128,
      most: 64,
    },
    {
      what: 'a ceiling that would do',
      plan: SLOW,
      args: 'steady --rate 100 --duration 8s --slo-p95 4s --max-in-flight 100',
      files: 256,
      most: 100,
    },
  ])('for $what make the run INVALID', async ({ plan, args, files, most }, context) => {
    const { server, load } = await startKnownRun(context, plan, args, withFewFiles(files));
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(3);
    const { requests, generator } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(generator.notSent).toEqual([{ why: 'inFlight', orders: requests.dropped }]);
    expect(generator.peakInFlight).toBe(most);
    // A higher ceiling alone would not do.
    expect(stdout).toMatch(/^\? INVALID /);
    expect(stdout).toContain('ulimit -n');
  });

  it('for answers slower than the SLO make the run INVALID, and it says what was slow', async (context) => {
    const args = 'steady --rate 100 --duration 8s';
    const { load } = await startKnownRun(context, SLOW, args, withFewFiles(256));
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^\? INVALID .*could not be sent.*would miss the SLO of 500 ms/);
    expect(stdout).toContain('ulimit -n');
    expect(exitCode).toBe(3);
  });

  it('do not excuse a target that fails what it is sent', async (context) => {
    const failing: OrderServerPlan = { answers: ['handlerFailure'], delaysMs: [3000] };
    const args = 'steady --rate 100 --duration 8s';
    const { load } = await startKnownRun(context, failing, args, withFewFiles(256));
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✕ FAIL {2}Success was/);
    expect(exitCode).toBe(1);
  });
});

it.concurrent('open files that are taken away in mid-run make the run INVALID', async (context) => {
  const args = 'steady --rate 100 --duration 8s --slo-p95 4s';
  const { server, load } = await startKnownRun(context, SLOW, args);
  await server.sawOrders(50);
  execFileSync('prlimit', ['--pid', `${k6Of(load.pid)}`, '--nofile=120:120']);
  const { exitCode, stdout } = await load.done;
  expect(stdout).toMatch(/^\? INVALID /);
  expect(stdout).toMatch(
    /because k6 reached the limit of open files and connections on this machine: .*\n(.*\n)*Next .*\(ulimit -n 65536\)/,
  );
  expect(exitCode).toBe(3);
  const { requests, generator } = await load.report();
  expect(requests.total).toBe((await server.log()).orders.length);
  expect(requests.outcomes.created).toBe(requests.total);
  expect(generator.notSent).toEqual([{ why: 'descriptors', orders: requests.dropped }]);
  expect(requests.offered).toBe(800);
});
