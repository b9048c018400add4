import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../lib/core/order/outcome.ts';
import { startKnownRun } from './support/known-run.ts';
import type { OrderServerPlan } from './support/order-server.ts';

interface Fault {
  readonly what: string;
  readonly plan: OrderServerPlan;
  readonly outcome: Outcome;
  /** Of the orders, how many fail so. */
  readonly share: number;
}

const FAULTS: readonly Fault[] = [
  {
    what: 'resets every second connection',
    plan: { answers: ['created', 'reset'], delaysMs: [2] },
    outcome: 'connection',
    share: 0.5,
  },
  {
    what: 'closes every second connection in mid-answer',
    plan: { answers: ['created', 'cutOff'], delaysMs: [2] },
    outcome: 'connection',
    share: 0.5,
  },
  {
    what: 'answers nothing in time',
    plan: { answers: ['silence'], delaysMs: [0] },
    outcome: 'timeout',
    share: 1,
  },
  {
    what: 'hangs from the middle on',
    plan: {
      ...{ answers: ['created'], delaysMs: [2] },
      degraded: { fromMs: 2000, toMs: 60_000, answer: 'silence', delayMs: 0 },
    },
    outcome: 'timeout',
    share: 0.5,
  },
  {
    what: 'refuses every fourth order by 429',
    plan: { answers: ['created', 'created', 'created', 'tooMany'], delaysMs: [2] },
    outcome: 'throttled',
    share: 0.25,
  },
];

/** What the target does is never taken for a limit of the generator. */
describe.concurrent('a target to blame', () => {
  it.for(FAULTS)('fails the run: it $what', async ({ plan, outcome, share }, context) => {
    const { server, load } = await startKnownRun(
      context,
      plan,
      'steady --rate 40 --duration 4s --timeout 1s --no-abort',
    );
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✕ FAIL {2}Success was .* below the SLO of 99\.9%/);
    expect(exitCode).toBe(1);
    const { requests, generator } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests).toMatchObject({ offered: 160, total: 160, dropped: 0, unresolved: 0 });
    expect(requests.outcomes[outcome] + requests.outcomes.created).toBe(160);
    expect(Math.abs(requests.outcomes[outcome] / 160 - share)).toBeLessThan(0.05);
    expect(generator.notSent).toEqual([]);
  });
});
