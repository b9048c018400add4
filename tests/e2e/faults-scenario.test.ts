import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { type KnownRun, startKnownRun } from './support/known-run.ts';

const HEAD = `import exec from 'k6/execution';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';

const plan = loadPlanFromEnv('checkout');
export const options = scenarioOptions(plan);
const placeOrder = orderIteration(plan);
`;

/** Runs a user's own scenario file, whose code begins in line 9. */
async function startScenario(context: TestContext, code: string): Promise<KnownRun> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-scenario-'));
  context.onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'checkout.ts');
  writeFileSync(file, HEAD + code);
  return startKnownRun(
    context,
    { answers: ['created'], delaysMs: [2] },
    `--scenario ${file} --rate 20 --duration 2s`,
  );
}

describe.concurrent("a user's own scenario", () => {
  it('passes when it works', async (context) => {
    const { server, load } = await startScenario(context, 'export default placeOrder;\n');
    expect((await load.done).exitCode).toBe(0);
    const { run, requests } = await load.report();
    expect(run.scenario).toBe('checkout');
    expect(requests.total).toBe((await server.log()).orders.length);
  });

  it('that throws before every order is INVALID, and the line in its TypeScript is named', async (context) => {
    const { server, load } = await startScenario(
      context,
      `export default function checkout(): void {
  const basket = undefined as unknown as { items: string[] };
  basket.items.push('book');
  placeOrder();
}
`,
    );
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^\? INVALID {2}No order was started.* checkout \(.*\/checkout\.ts:11:/);
    expect((await server.log()).orders).toEqual([]);
  });

  it('that throws after every order is INVALID', async (context) => {
    const { server, load } = await startScenario(
      context,
      `export default function checkout(): void {
  placeOrder();
  throw new Error('no receipt');
}
`,
    );
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^\? INVALID {2}Every iteration threw.*no receipt.*\/checkout\.ts:11:/);
    const { requests } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests.outcomes.created).toBe(requests.total);
  });

  it('that throws after some orders passes, and says so', async (context) => {
    const { load } = await startScenario(
      context,
      `export default function checkout(): void {
  placeOrder();
  if (exec.scenario.iterationInTest % 4 === 1) throw new Error('no receipt');
}
`,
    );
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✓ PASS .*\n.*threw 10 exceptions;.*no receipt.*\/checkout\.ts:11:/);
    expect(exitCode).toBe(0);
  });

  it('that k6 refuses is a usage error in one line', async (context) => {
    const { server, load } = await startScenario(
      context,
      `throw new Error('no plan');
export default placeOrder;
`,
    );
    const { exitCode, stdout, stderr } = await load.done;
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^k6 .*\nerror \[E_SCENARIO\]: .*Error: no plan at .*\/checkout\.ts:9:\d+.*\n$/,
    );
    expect((await server.log()).orders).toEqual([]);
  });
});
