import { describe, expect, it, type TestContext } from 'vitest';
import { type QueueFrontPlan, startQueueFront } from '../../studies/queue/queue-front.ts';
import { startLoad } from './support/start-load.ts';

const LOAD = 'batch --profile quick --rate 20 --duration 3s --no-abort';
const LAG_MS = 1500;

/** One run against a queue of known behaviour. */
async function runBatch(
  { onTestFinished }: TestContext,
  plan: QueueFrontPlan,
  { args = '--drain-wait 6s', proxied = false } = {},
) {
  const front = await startQueueFront(plan);
  onTestFinished(front.close);
  const target = proxied ? 'http://shop.test --allow-host shop.test' : front.url;
  const env = proxied ? { HTTP_PROXY: front.url, NO_PROXY: '127.0.0.1,localhost' } : {};
  const load = startLoad(`${LOAD} ${args} --target ${target}`, { env });
  onTestFinished(load.dispose);
  const { exitCode } = await load.done;
  const { answers, queue, requests, run } = await load.report();
  return { front, exitCode, lag: answers.lag, queue, requests, run };
}

describe.concurrent('batch on other people’s queues', () => {
  it.for<[string, Partial<QueueFrontPlan>, number]>([
    ['in epoch s', { writeTime: (ms: number) => Math.floor(ms / 1000) }, 500],
    ['in ISO 8601', { writeTime: (ms: number) => new Date(ms).toISOString() }, 0],
    ['by a clock that is 3 s behind', { skewMs: -3000 }, 0],
    ['by reads that take 1.5 s', { readMs: 1500 }, 0],
  ])('finds the lag %s', async ([_, plan, stepMs], context) => {
    const { exitCode, lag, queue, requests } = await runBatch(context, { lagMs: LAG_MS, ...plan });
    expect(exitCode).toBe(0);
    expect(lag).toMatchObject({ keepsUp: true, source: 'sample', notStored: { value: 0 } });
    expect(queue?.sample.asked).toBe(requests.outcomes.created);
    const { offsetMs, uncertaintyMs } = queue?.clock ?? {};
    expect(Math.abs((offsetMs ?? NaN) - (plan.skewMs ?? 0))).toBeLessThanOrEqual(
      uncertaintyMs ?? NaN,
    );
    // The answer 202 comes a little after the acceptance.
    const slackMs = (uncertaintyMs ?? NaN) + stepMs + 250;
    expect(Math.abs((lag?.lagMs?.p50 ?? NaN) - LAG_MS)).toBeLessThanOrEqual(slackMs);
  });

  it('reads by the proxy that the load went by', async (context) => {
    const options = { proxied: true };
    const { exitCode, front, lag } = await runBatch(context, { lagMs: 200 }, options);
    expect(exitCode).toBe(0);
    expect(lag?.keepsUp).toBe(true);
    expect(front.reads.length).toBeGreaterThanOrEqual(front.counts().accepted);
    expect(front.reads.every((url) => url.startsWith('http://shop.test/orders/lt-'))).toBe(true);
  });

  it.for([
    ['no read is allowed', { lagMs: 0, readStatus: 403 }, /could not be read \(403 × \d+\)/],
    ['reads are not offered', { lagMs: 0, readStatus: 404 }, /no read found any order/],
    ['orders take longer than the wait', { lagMs: 25_000 }, /no read found any order/],
    ['some are not there when the wait ends', { lagMs: 4000 }, /--drain-wait 40s/],
  ] as const)('knows of no lost order where %s', async ([_, plan, reason], context) => {
    const { exitCode, lag, run } = await runBatch(context, plan, { args: '--drain-wait 3s' });
    expect(exitCode).toBe(3);
    expect(run.verdict).toBe('invalid');
    expect(run.reasons.join()).toMatch(reason);
    expect(lag).toMatchObject({ keepsUp: null, lost: { value: null }, notStored: { value: null } });
  });
});
