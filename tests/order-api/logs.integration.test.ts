import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseReportLine } from '../../lib/core/lambda/parse-report-line.ts';
import { type OrderApiProcess, runOrderApi, startOrderApi } from './order-api-process.ts';

const ORDER = { customerId: 'c-1', productId: 'p-1', quantity: 2, price: 100 };

let folder: string;
let api: OrderApiProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'logs-'));
});
afterEach(async () => {
  api?.child.kill('SIGKILL');
  await api?.exited();
  api = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(...args: string[]): Promise<OrderApiProcess> {
  const fast = ['--store', 'memory', '--io-ms', '0', '--work-ms', '0', '--init-ms', '1'];
  api = await startOrderApi([...fast, ...args]);
  return api;
}

interface EmfLine {
  readonly function_name: string;
  readonly ColdStart?: number;
  readonly SuccessfulInvocations?: number;
  readonly FunctionDuration?: number;
}

async function readLog(path: string) {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return {
    lines,
    reports: lines.map(parseReportLine).filter((report) => report !== null),
    metrics: lines
      .filter((line) => line.startsWith('{"_aws"'))
      .map((line) => JSON.parse(line) as EmfLine),
  };
}

const sumOf = (
  metrics: readonly EmfLine[],
  name: 'ColdStart' | 'SuccessfulInvocations' | 'FunctionDuration',
) => metrics.filter((line) => name in line).length;

describe.each(['text', 'json'])('--logs in the %s format', (format) => {
  it('tells every invocation, cold start and success as the ground truth does', async () => {
    const path = join(folder, 'lambda.log');
    const { url, post, truth, child, exited } = await start('--logs', path, '--log-format', format);
    await Promise.all(Array.from({ length: 8 }, (_, i) => post({ orderId: `o-${i}`, ...ORDER })));
    await post({ orderId: 'o-1', ...ORDER });
    await post({ orderId: 'o-1', ...ORDER, price: 1 });
    await post('no order');
    await fetch(`${url}/orders/o-1`);
    const { invocations, coldStarts, functions } = await truth();
    child.kill('SIGTERM');
    await exited();

    const { lines, reports, metrics } = await readLog(path);
    expect(invocations).toBe(12);
    expect(reports).toHaveLength(invocations);
    expect(new Set(reports.map(({ requestId }) => requestId)).size).toBe(invocations);
    expect(reports.filter(({ initMs }) => initMs !== null)).toHaveLength(coldStarts);
    for (const { durationMs, billedMs, initMs } of reports) {
      // The log rounds its durations to two digits at least, the bill is made of the exact ones.
      expect(Math.abs(billedMs - Math.ceil(durationMs + (initMs ?? 0)))).toBeLessThanOrEqual(1);
    }
    expect(sumOf(metrics, 'ColdStart')).toBe(coldStarts);
    expect(sumOf(metrics, 'SuccessfulInvocations')).toBe(10);
    expect(sumOf(metrics, 'FunctionDuration')).toBe(invocations);
    const ofCreate = metrics.filter((line) => line.function_name === 'create-order');
    expect(sumOf(ofCreate, 'ColdStart')).toBe(functions['create-order']?.coldStarts);
    expect(lines.filter((line) => line.startsWith('END '))).toHaveLength(
      format === 'text' ? invocations : 0,
    );
  });
});

it('writes to stdout after the line that says it is ready', async () => {
  const { child, post } = await start('--logs', '-');
  let stdout = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  await post({ orderId: 'a', ...ORDER });
  await vi.waitFor(() => expect(stdout).toContain('REPORT'), 5_000);
  const [first = '', ...rest] = stdout.split('\n');
  expect(first).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
  expect(rest.filter((line) => line.startsWith('REPORT'))).toHaveLength(1);
});

it('tells a timeout as such', async () => {
  const path = join(folder, 'lambda.log');
  const { child, exited, post } = await start(
    ...['--logs', path, '--timeout-ms', '20', '--io-ms', '60', '--first-io-ms', '60'],
  );
  expect((await post({ orderId: 'a', ...ORDER })).status).toBe(502);
  child.kill('SIGTERM');
  await exited();
  const { reports, metrics, lines } = await readLog(path);
  expect(reports).toMatchObject([{ status: 'timeout', durationMs: 20 }]);
  expect(lines.join('\n')).toContain('Task timed out after 0.02 seconds');
  expect(metrics).toMatchObject([{ ColdStart: 1 }]);
});

it('serves the handler of the notes, which fails a retry and counts only successes', async () => {
  const path = join(folder, 'lambda.log');
  const { child, exited, post, truth } = await start('--create-order', 'naive', '--logs', path);
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const order = { orderId: 'a', ...ORDER };
  expect((await post(order)).status).toBe(200);
  const retry = await post(order);
  expect([retry.status, await retry.json()]).toEqual([500, 'Internal Server Error']);
  expect(await truth()).toMatchObject({ storedOrders: 1, byStatus: { 200: 1, 500: 1 } });
  child.kill('SIGTERM');
  await exited();
  const { reports, metrics } = await readLog(path);
  expect(reports).toHaveLength(2);
  expect(sumOf(metrics, 'FunctionDuration')).toBe(1);
  // A duplicate is no failure of the store.
  expect(stderr).toBe('');
});

it.each([
  [['--logs', '/nowhere/lambda.log'], 4, /\/nowhere\/lambda\.log.*choose another --logs file/],
  [['--logs', ''], 2, /It must be a file, or - for stdout/],
  [['--log-format', 'json'], 2, /--log-format has no effect without --logs/],
  [['--create-order', 'lazy'], 2, /Allowed choices are optimised, naive/],
])('refuses %j with exit code %d and one line', async (args, exitCode, message) => {
  const { code, stdout, stderr } = await runOrderApi(['--store', 'memory', ...args]);
  expect([code, stdout]).toEqual([exitCode, '']);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
