import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import type { OrderApiTruth } from '../../../order-api/order-api-truth.ts';
import { startOrderApi } from '../../order-api/order-api-process.ts';
import { startLoad } from '../support/start-load.ts';

/** One window of a running report. */
const WINDOW_MS = 1000;
const QUEUE = ['--queue', '--store', 'memory', '--init-ms', '100'];
const BATCH = 'batch --rate 40 --duration 4s --no-abort';

/** Runs the load to its end. */
async function runBatch({ onTestFinished }: TestContext, args: string) {
  const load = startLoad(`${BATCH} ${args}`);
  onTestFinished(load.dispose);
  return { ...(await load.done), report: load.report };
}

/** The file of a deployment with these options. */
async function deploymentFile({ onTestFinished }: TestContext, options: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-queue-lag-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'queue.json');
  await writeFile(file, JSON.stringify({ description: 'for a test', options }));
  return file;
}

// They wait more than they work.
describe.concurrent('batch', () => {
  it('finds the lag that the platform knows, from the outside', async (context) => {
    // Two batches of five at once take 0.8 s each: a quarter of the load, so that the lag is seconds long.
    const slow = ['--store-latency-ms', '400', '--max-concurrency', '2', '--batch-size', '5'];
    const target = await startOrderApi([...QUEUE, ...slow, '--port', '0', '--die-with-parent']);
    context.onTestFinished(() => void target.child.kill('SIGKILL'));
    const run = await runBatch(context, `--target ${target.url} --drain-wait 90s`);
    const { answers, lambda, queue, requests } = await run.report();
    expect(lambda.platform).toBeUndefined();
    expect(answers.lag).toMatchObject({
      keepsUp: true,
      source: 'sample',
      batchFill: { value: null },
    });
    const truth = (await target.truth()) as OrderApiTruth;
    const true_ = truth.queue?.acceptedToStoredMs;
    expect(true_?.count).toBe(requests.outcomes.created);
    expect(true_?.p95).toBeGreaterThan(2 * WINDOW_MS);
    for (const name of ['p50', 'p95', 'p99'] as const) {
      const seen = answers.lag?.lagMs?.[name] as number;
      expect(Math.abs(seen - (true_?.[name] as number)), name).toBeLessThan(WINDOW_MS);
    }
    expect(queue?.sample.accepted).toBe(requests.outcomes.created);
    expect(answers.lag?.drainMs.value).toBeGreaterThan(WINDOW_MS);
    expect(run.stdout).toMatch(
      /Does the queue path keep up\?\n +Yes: every accepted order was stored/,
    );
  });

  it('starts an order API with a queue by itself, and agrees with its lens', async (context) => {
    const options = { queue: true, 'batch-size': 10, 'init-ms': 100 };
    const file = await deploymentFile(context, options);
    const run = await runBatch(context, `--store memory --deployment ${file}`);
    const { answers, lambda, queue, requests, run: facts } = await run.report();
    expect(facts).toMatchObject({ verdict: 'pass', status: 'completed' });
    const lag = answers.lag;
    expect(lag).toMatchObject({
      keepsUp: true,
      source: 'platform',
      notStored: { value: 0 },
      lost: { value: 0 },
      deadLetters: { value: 0 },
      redelivered: { value: 0 },
      accepted: requests.outcomes.created,
    });
    expect(lag?.lagMs?.count).toBe(requests.outcomes.created);
    expect(lag?.batchFill.value).toBeGreaterThan(0);
    expect(lag?.batchFill.value).toBeLessThanOrEqual(1);
    for (const name of ['p50', 'p95', 'p99'] as const) {
      const [one, other] = [lag?.lagMs?.[name], lag?.sampleLagMs?.[name]];
      expect(Math.abs((one as number) - (other as number)), name).toBeLessThan(WINDOW_MS);
    }
    expect(queue?.platform?.stored.value).toBe(requests.outcomes.created);
    expect(lambda.platform?.function.name).toBe('enqueue-order');
    expect(lambda.platform?.otherFunctions.map(({ name }) => name)).toContain('write-orders');
    expect(lambda.platform?.agreement.map(({ agree }) => agree)).toEqual([true, true]);
  });

  it('fails a run whose accepted orders end in the dead-letter queue', async (context) => {
    const options = {
      queue: true,
      'batch-size': 5,
      'timeout-ms': 1000,
      'visibility-seconds': 1,
      'max-receive-count': 1,
      'store-error-ratio': 0.3,
    };
    const file = await deploymentFile(context, options);
    const run = await runBatch(context, `--store memory --deployment ${file} --drain-wait 15s`);
    const { answers, run: facts, requests } = await run.report();
    expect(run.exitCode).toBe(1);
    expect(requests.outcomes.created).toBe(requests.total);
    const lost = answers.lag?.lost.value as number;
    expect(lost).toBeGreaterThan(0);
    expect(answers.lag).toMatchObject({ keepsUp: false, deadLetters: { value: lost } });
    expect(facts.reasons[0]).toMatch(
      new RegExp(
        `^${lost} accepted orders? will never be stored, ${lost} of them in the dead-letter`,
      ),
    );
  });

  it('refuses a deployment without a queue', async (context) => {
    const run = await runBatch(context, '--deployment tuned-1024');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^.*E_NO_QUEUE\]: --deployment tuned-1024 has no queue[^\n]*\n$/);
  });
});
