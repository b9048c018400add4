import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { startKnownRun } from './support/known-run.ts';

const ORDERS = 100;

/** An event loop, whose own body has a number of its own. Line 15 throws for every fourth order. */
const LOOP = `import { check } from 'k6';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderLoop } from 'order-load/k6/order-loop.ts';
import { loopOptions } from 'order-load/k6/scenario-options.ts';

const plan = loadPlanFromEnv('checkout');
export const options = loopOptions(plan);

export default orderLoop(plan, {
  body: ({ order, nth, step }) => JSON.stringify({ orderId: ['own', step, nth, order].join(':') }),
  answered: (response, order) => {
    check(response, { 'is an answer to an order': ({ body }) => body === '"Order created successfully"' });
    const receipt: { total: number } | undefined = order % 4 === 1 ? undefined : { total: order };
    // Nobody looked whether there is one.
    receipt!.total.toFixed(2);
  },
});
`;

const WAITING = `import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';

const plan = loadPlanFromEnv('checkout');
export const options = scenarioOptions(plan);
export default orderIteration(plan);
`;

async function startOwn(context: TestContext, code: string, delayMs: number, flags: string) {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-scenario-'));
  context.onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'checkout.ts');
  await writeFile(file, code);
  return startKnownRun(
    context,
    { answers: ['created'], delaysMs: [delayMs] },
    `--scenario ${file} --rate 25 --duration 4s ${flags}`,
  );
}

describe.concurrent("a scenario of the user's own", () => {
  it('starts orders of its own by the event loop, and what its hooks throw is named', async (context) => {
    const { server, load } = await startOwn(context, LOOP, 2, '--arrivals poisson');
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(
      /^✓ PASS .*\n(.*\n)*? +· The scenario threw 25 exceptions; the most frequent: TypeError: .*\/checkout\.ts:15:/,
    );
    expect(exitCode).toBe(0);
    const { requests, generator, load: made } = await load.report();
    expect(made.arrivals).toEqual({ kind: 'poisson' });
    expect(requests).toMatchObject({ offered: ORDERS, total: ORDERS, unresolved: 0 });
    expect(requests.outcomes.created).toBe(ORDERS);
    expect(generator.exceptions).toMatchObject([{ count: 25 }]);
    const ids = (await server.log()).orders.map(({ orderId }) => orderId);
    const own = Array.from({ length: ORDERS }, (_, n) => `own:steady:${n}:${n}`);
    expect(new Set(ids)).toEqual(new Set(own));
    expect(ids).toHaveLength(ORDERS);
  });

  it("in k6's usual form is INVALID, not failed, where its VUs are too few", async (context) => {
    // 25 orders would be in flight.
    const flags = '--max-in-flight 10 --slo-p95 2s';
    const { server, load } = await startOwn(context, WAITING, 1000, flags);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(
      /^\? INVALID .* could not be sent, because no virtual user of k6 was free: .*\.\n(.*\n)*Next {2}Allow 135 orders in flight, or lower the rate:\n.* --max-in-flight 135 /,
    );
    expect(exitCode).toBe(3);
    const { requests, generator } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(generator.notSent).toEqual([{ why: 'virtualUsers', orders: requests.dropped }]);
    expect(Math.abs(requests.offered - ORDERS)).toBeLessThanOrEqual(1);
  });
});
