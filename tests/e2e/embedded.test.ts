import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { parseReport } from '../../lib/questions/parse-report.ts';
import { descendantsOf, isAlive } from './support/processes.ts';
import { startRecordingServer } from './support/recording-server.ts';
import { ROOT, runLoad, small, temporaryFolder } from './support/run-load.ts';
import { startOrderApi } from './support/start-order-api.ts';

it.skipIf(process.platform !== 'linux')(
  'prints one report that follows the schema, and leaves no process behind',
  async () => {
    const started = new Set<number>();
    let sampling: NodeJS.Timeout | undefined;
    const args = [
      'spike',
      '--profile',
      'quick',
      '--rate',
      '40',
      '--duration',
      '7s',
      '--store',
      'memory',
    ];
    const run = await runLoad([...args, '--json'], {
      whileRunning: (child) => {
        sampling = setInterval(() => {
          for (const { pid } of descendantsOf(child.pid as number)) started.add(pid);
        }, 200);
      },
    });
    clearInterval(sampling);
    expect(run.exitCode).toBe(0);
    expect(run.stdout.trimEnd()).not.toContain('\n');
    const schema = JSON.parse(await readFile(join(ROOT, 'docs/report-v1.schema.json'), 'utf8'));
    const published = z.fromJSONSchema(schema);
    expect(published.safeParse(JSON.parse(run.stdout))).toMatchObject({ success: true });
    expect(published.safeParse({ ...JSON.parse(run.stdout), requests: 1 }).success).toBe(false);
    expect(parseReport(run.stdout, 'stdout')).toEqual(await run.report());
    expect(run.stderr).toMatch(/^SLO .*\n(.*\n)*.+/m);
    expect(started.size).toBeGreaterThanOrEqual(2);
    expect([...started].filter(isAlive)).toEqual([]);
  },
);

describe('against the truth of the order API', () => {
  it('counts every order and every cold start', async () => {
    const target = await startOrderApi('--init-ms', '100', '--io-ms', '40');
    const run = await runLoad([
      'steady',
      '--target',
      target.url,
      '--rate',
      '30',
      '--duration',
      '3s',
    ]);
    const { requests, lambda } = await run.report();
    const truth = await target.truth();
    expect(run.exitCode).toBe(0);
    expect(requests.total).toBe(truth.functions['create-order']?.invocations);
    expect(requests.outcomes.created).toBe(truth.orderResults.created);
    expect(requests.outcomes.created).toBe(truth.storedOrders);
    expect(truth.coldStarts).toBeGreaterThan(0);
    expect(lambda.coldStarts).toMatchObject({ value: truth.coldStarts, source: 'measured' });
  });

  it('counts throttled orders apart', async () => {
    const target = await startOrderApi('--reserved-concurrency', '1', '--io-ms', '100');
    const run = await runLoad([
      'steady',
      '--target',
      target.url,
      '--rate',
      '30',
      '--duration',
      '2s',
    ]);
    const { requests } = await run.report();
    const truth = await target.truth();
    expect(run.exitCode).toBe(1);
    expect(truth.throttles).toBeGreaterThan(0);
    expect(requests.outcomes.throttled).toBe(truth.throttles);
    expect(requests.outcomes.created).toBe(truth.orderResults.created);
    expect(requests.total).toBe(truth.throttles + truth.orderResults.created);
  });

  it('keeps the warm-up out of every figure', async () => {
    const target = await startOrderApi();
    const run = await runLoad(small(target.url, '--warmup', '1s'));
    const report = await run.report();
    const warmup = report.load.warmup;
    const truth = await target.truth();
    expect(warmup).not.toBeNull();
    const warmedUp = truth.orderResults.created - report.requests.total;
    expect(report.requests.total).toBe(40);
    expect(warmedUp).toBe(20);
    const inWindows = report.windows.reduce((sum, window) => sum + window.sent, 0);
    expect(inWindows).toBe(report.requests.total);
  });
});

describe('a config file', () => {
  const load = { rate: 30, duration: '1s', label: 'from file', scenarios: { steady: { seed: 5 } } };

  it('gives way to the environment, which gives way to flags', async () => {
    const server = await startRecordingServer();
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'load.config.json'), JSON.stringify({ ...load, target: server.url }));
    const run = await runLoad(['steady', '--rate', '10'], {
      cwd,
      env: { LOAD_RATE: '20', LOAD_LABEL: 'from env' },
    });
    const report = await run.report();
    expect(report.load.stages).toMatchObject([{ fromRate: 10, durationSeconds: 1 }]);
    expect(report.run).toMatchObject({ label: 'from env', seed: 5 });
    expect(report.requests.total).toBe(server.orders.length);
  });

  it('maps orders to another API', async () => {
    const server = await startRecordingServer(({ method, url, headers, body }, response) => {
      const order = JSON.parse(body || '{}') as Record<string, unknown>;
      const isRight =
        method === 'PUT' &&
        url === '/v2/purchases' &&
        headers['x-tenant'] === 'test' &&
        Object.keys(order).sort().join() === 'amount,client,expires,price,productId,ref' &&
        Number(order['expires']) - Date.now() / 1000 > 3500 &&
        Number(order['expires']) - Date.now() / 1000 < 3700;
      response.writeHead(isRight ? 202 : 400).end(isRight ? 'taken' : 'wrong');
    });
    const cwd = await temporaryFolder();
    const order = {
      createPath: '/v2/purchases',
      createMethod: 'PUT',
      headers: { 'x-tenant': 'test' },
      fields: { orderId: 'ref', customerId: 'client', quantity: 'amount' },
      ttlField: 'expires',
      ttlSeconds: 3600,
      successStatuses: [202],
      successBody: 'taken',
    };
    await writeFile(
      join(cwd, 'load.config.ts'),
      `interface Shape { readonly target: string }\nexport default { target: '${server.url}', ...${JSON.stringify({ ...load, order })} } satisfies Shape;\n`,
    );
    const run = await runLoad(['steady'], { cwd });
    const { requests } = await run.report();
    expect(run.exitCode).toBe(0);
    expect(requests.total).toBe(server.orders.length);
    expect(requests.outcomes.created).toBe(server.orders.length);
  });
});

describe('mistakes of a newcomer', () => {
  const ONE_LINE = /^error \[E_[A-Z0-9_]+\]: .+\n$/;

  it.each([
    [['steady', '--profle', 'quick']],
    [['stedy']],
    [['steady', '--target', 'localhost:3000']],
    [['--scenario', 'gone.ts']],
    [['--scenario', 'broken.ts']],
  ])('cost one line: %j', async (args) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'broken.ts'), 'export default () => {\n  const = 1;\n};\n');
    const server = await startRecordingServer();
    const env = { LOAD_TARGET: server.url };
    const run = await runLoad(args, { cwd, env, out: null });
    const lines = run.stderr.split('\n').filter((line) => line.startsWith('error'));
    expect(`${lines.join('\n')}\n`).toMatch(ONE_LINE);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(server.orders).toEqual([]);
    expect(await run.leftBehind()).toEqual([]);
  });

  it.each(['--rate 5', '--rate=5', '--target=http://127.0.0.1:1'])(
    'with npm, too: npm run load:spike %s',
    async (flags) => {
      const args = ['run', '-s', 'load:spike', ...flags.split(' ')];
      const npm = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      npm.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      onTestFinished(() => void npm.kill());
      const exitCode = await new Promise((done) => npm.once('close', done));
      expect(said).toMatch(
        /^error \[E_NPM_TOOK_FLAG\]: npm took --(rate|target) for itself; .*\n$/m,
      );
      expect(exitCode).toBe(2);
    },
  );
});
