import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isResent } from '../../lib/core/order/is-resent.ts';
import { resolvedOf } from '../../lib/core/report/outcome-counts.ts';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { startKnownRun } from './support/known-run.ts';
import { created, startRecordingServer } from './support/recording-server.ts';
import { K6, outputOf, ROOT, runLoad, temporaryFolder } from './support/run-load.ts';
import { startOrderApi } from './support/start-order-api.ts';

const STEADY = ['steady', '--rate', '50', '--duration', '4s', '--retry-ratio', '0.2'];

function retriesOf(report: AnsweredReport): NonNullable<AnsweredReport['retries']> {
  const { retries } = report;
  if (retries === undefined) throw new Error('the report has no retries');
  expect(retries.sent).toBe(retries.unresolved + resolvedOf(retries.outcomes));
  return retries;
}

/** How many of the orders of a run the seed draws. */
function drawn({ run, orders, retries }: AnsweredReport): number {
  const ratio = retries?.ratio ?? 0;
  const iterations = Array.from({ length: orders.iterations }, (_, i) => i);
  return iterations.filter((i) => isResent(run.seed, ratio, i)).length;
}

describe('--retry-ratio', () => {
  it('sends a share of the orders again, to the request, and keeps them out of the run', async () => {
    const target = await startOrderApi();
    const run = await runLoad([...STEADY, '--target', target.url, '--warmup', '1s']);
    const report = await run.report();
    const truth = await target.truth();
    const retries = retriesOf(report);
    const { requests, warmup, latencyMs } = report;
    expect(run.exitCode).toBe(0);
    expect(warmup.started).toBeGreaterThan(0);
    expect(retries.sent).toBe(drawn(report));
    expect(retries.sent).toBeGreaterThan(20);
    expect(truth.functions['create-order']?.invocations).toBe(
      requests.total + retries.sent + warmup.started,
    );
    expect(truth.orderResults.duplicate).toBe(retries.outcomes.duplicate);
    expect(retries.outcomes.duplicate).toBe(retries.sent);
    expect(retries.servedBefore).toEqual(retries.outcomes);
    expect(requests.outcomes).toMatchObject({ created: requests.total, duplicate: 0 });
    expect(requests.successRatio).toBe(1);
    expect(latencyMs.all.count).toBe(requests.total);
    expect(retries.latencyMs.all.count).toBe(retries.sent);
    expect(report.cost.after.orders).toBe(requests.total + warmup.started + retries.sent);
    expect(run.stderr).toMatch(
      /^retries +20% of the orders are sent again \(about 40\): up to 60/m,
    );
    expect(run.stdout).toMatch(
      new RegExp(
        `^retries +${retries.sent} sent again, ${retries.sent} recognised as duplicates$`,
        'm',
      ),
    );
  });

  it('shows that the naive handler is not idempotent, and leaves its success as it was', async () => {
    const target = await startOrderApi('--create-order', 'naive');
    const run = await runLoad([...STEADY, '--target', target.url]);
    const report = await run.report();
    const retries = retriesOf(report);
    const truth = await target.truth();
    expect(report.requests.successRatio).toBe(1);
    expect(report.run.verdict).toBe('pass');
    expect(retries.sent).toBe(drawn(report));
    expect(retries.outcomes.serverError).toBe(retries.sent);
    expect(retries.servedBefore.serverError).toBe(retries.sent);
    expect(truth.functions['create-order']?.invocations).toBe(report.requests.total + retries.sent);
    expect(truth.storedOrders).toBe(report.requests.total);
    expect(run.stdout).toMatch(
      new RegExp(
        `^retries +${retries.sent} sent again, ${retries.sent} failed with a server error\n +${retries.sent} of ${retries.sent} stored orders failed when sent again: ${retries.sent} failed with a server error$`,
        'm',
      ),
    );
  });

  it('sends the same bytes again, and says when it cannot tell what became of them', async () => {
    const ids: string[] = [];
    const server = await startRecordingServer((request, response) => {
      const { ref } = JSON.parse(request.body || '{}') as { ref?: string };
      const isAgain = ref !== undefined && ids.includes(ref);
      if (ref !== undefined) ids.push(ref);
      // A second send in the next second would carry another TTL, were it written anew.
      setTimeout(() => created(request, response), isAgain ? 2500 : 1100);
    });
    const cwd = await temporaryFolder();
    const order = { fields: { orderId: 'ref' }, ttlField: 'expires', ttlSeconds: 60 };
    await writeFile(join(cwd, 'load.config.json'), JSON.stringify({ order, retryRatio: '50%' }));
    const args = ['steady', '--rate', '10', '--duration', '2s', '--slo-p95', '3s'];
    const run = await runLoad([...args, '--target', server.url], { cwd });
    const report = await run.report();
    const retries = retriesOf(report);
    expect(report.run.verdict).toBe('pass');
    expect(server.orders).toHaveLength(report.requests.total + retries.sent);
    expect(new Set(server.orders.map(({ body }) => body)).size).toBe(report.requests.total);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    const expected = Array.from({ length: report.orders.iterations }, (_, i) => i)
      .filter((i) => isResent(report.run.seed, 0.5, i))
      .map((i) => `lt-${report.run.id}-${i}`);
    expect(twice.sort()).toEqual(expected.sort());
    expect(retries.outcomes.created).toBe(retries.sent);
    expect(report.latencyMs.all.max).toBeLessThan(2400);
    expect(retries.latencyMs.all.min).toBeGreaterThan(2400);
    expect(run.stdout).toMatch(
      /sent again, \d+ accepted\n +no response has x-order-result: duplicate/,
    );
  });

  it('has VUs and time for the second send of every order of a target that never answers', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['silence'], delaysMs: [0] },
      'steady --rate 10 --duration 4s --timeout 3s --slo-p95 2900 --retry-ratio 0.5',
    );
    expect((await load.done).exitCode).toBe(1);
    const report = await load.report();
    const retries = retriesOf(report);
    expect(report.requests).toMatchObject({ dropped: 0, unresolved: 0 });
    expect(report.requests.outcomes.timeout).toBe(report.requests.total);
    expect(retries.unresolved).toBe(0);
    expect(retries.outcomes.timeout).toBe(drawn(report));
    expect((await server.log()).orders).toHaveLength(report.requests.total + retries.sent);
  });

  it('counts second sends that were in flight at an interruption as unresolved', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [800] },
      'steady --rate 10 --duration 60s --retry-ratio 1 --slo-p95 4000',
    );
    await server.sawOrders(60);
    load.kill('SIGINT');
    expect((await load.done).exitCode).toBe(130);
    const report = await load.report();
    const retries = retriesOf(report);
    expect(retries.unresolved).toBeGreaterThan(0);
    expect((await server.log()).orders).toHaveLength(report.requests.total + retries.sent);
  });
});

it('works under plain k6, whose thresholds judge the first sends alone', async () => {
  const seen = new Set<string>();
  const server = await startRecordingServer((request, response) => {
    if (seen.has(request.body)) return void response.writeHead(500).end();
    seen.add(request.body);
    created(request, response);
  });
  const folder = await temporaryFolder();
  await bundleScenarios({
    entries: [join(ROOT, 'scenarios/steady.ts')],
    libDir: join(ROOT, 'lib'),
    outDir: folder,
  });
  const summary = join(folder, 'summary.json');
  const env = { BASE_URL: server.url, RATE: '20', DURATION: '2s', RETRY_RATIO: '0.5' };
  const child = spawn(
    K6,
    [
      ...['run', '--no-usage-report', '--summary-export', summary],
      ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      join(folder, 'steady.js'),
    ],
    { cwd: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder }, stdio: 'pipe' },
  );
  const { exitCode, stdout } = await outputOf(child);
  expect(exitCode, stdout).toBe(0);
  const { metrics } = JSON.parse(await readFile(summary, 'utf8')) as {
    metrics: Record<string, { count?: number }>;
  };
  const resent = metrics['orders_resent']?.count ?? 0;
  expect(resent).toBeGreaterThan(5);
  expect(metrics['orders_started']?.count).toBe(seen.size);
  expect(server.orders).toHaveLength(seen.size + resent);
  expect(metrics['orders_resent_platform_rejected']?.count).toBe(resent);
  expect(metrics['orders_created']?.count).toBe(seen.size);
});
