import { describe, expect, it } from 'vitest';
import { startKnownRun } from '../support/known-run.ts';
import type { OrderServerPlan } from '../support/order-server.ts';

/**
 * `spike quick`: 3 s calm, a jump of 1 s, 4 s of burst, 6 s of recovery. Windows are a second and three
 * must hold: a server that mends later than 2 s after the burst leaves no window to spare.
 */
const BURST_END_MS = 8000;
const WINDOW_SECONDS = 1;

const degraded = (
  toMs: number,
  answer: 'handlerFailure' | 'created' | 'silence',
  delayMs: number,
) =>
  ({
    answers: ['created'],
    delaysMs: [5],
    degraded: { fromMs: 5500, toMs, answer, delayMs },
  }) satisfies OrderServerPlan;

/** The server counts from the first order on, which k6 sends as the load starts. */
describe.concurrent('the time to recover, of a server that mends at a known moment', () => {
  it.for([
    ['failed', degraded(BURST_END_MS + 1600, 'handlerFailure', 2), 1.6],
    ['was slow', degraded(BURST_END_MS + 1300, 'created', 1400), 1.3],
    ['never answered', degraded(BURST_END_MS + 1200, 'silence', 0), 1.2],
  ] as const)('is within a window of the truth where it %s', async ([, plan, truth], context) => {
    const { server, load } = await startKnownRun(
      context,
      plan,
      'spike --profile quick --timeout 2s',
    );
    const { exitCode } = await load.done;
    expect(exitCode).toBe(1);
    const { answers, requests } = await load.report();
    const recovery = answers.burst?.recovery;
    expect(recovery?.status, recovery?.why).toBe('recovered');
    expect(Math.abs((recovery?.seconds as number) - truth), recovery?.why).toBeLessThanOrEqual(
      WINDOW_SECONDS,
    );
    const [low, high] = recovery?.intervalSeconds ?? [0, 0];
    expect(low).toBeLessThanOrEqual(truth);
    expect(high).toBeGreaterThanOrEqual(truth);
    expect(requests.total).toBe((await server.log()).orders.length);
  });
});
