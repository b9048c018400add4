import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContractRow } from '../../lib/core/order/contract-terms.ts';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import { type ContractFault, startContractServer } from './support/contract-server.ts';
import { K6, outputOf, ROOT, runLoad, temporaryFolder } from './support/run-load.ts';
import { startOrderApi } from './support/start-order-api.ts';

const SMALL = ['smoke', '--rate', '2', '--duration', '2s'];

async function smoke(...more: readonly string[]) {
  const run = await runLoad([...SMALL, ...more]);
  const report = await run.report();
  const verdicts = Object.fromEntries(
    (report.answers.contract?.rows ?? []).map(({ row, verdict }) => [row, verdict]),
  );
  return { ...run, report, verdicts, contract: report.answers.contract };
}

const KEPT = {
  ...{ newOrder: 'ok', contentType: 'ok', retry: 'ok', conflict: 'ok' },
  ...{ malformed: 'ok', readOrder: 'ok', readUnknown: 'ok', queueOrder: 'notOffered' },
};

describe('smoke against the order API', () => {
  it('finds every promise kept, and counts its own requests apart', async () => {
    const target = await startOrderApi('--queue');
    const { report, exitCode, verdicts, contract, stdout } = await smoke('--target', target.url);
    expect(exitCode).toBe(0);
    expect(verdicts).toEqual({ ...KEPT, queueOrder: 'ok' });
    expect(stdout).toMatch(
      /Is it alive and correct\?\n {2}Yes: all 8 promises that were judged are kept/,
    );
    const { requests, byStatus } = await target.truth();
    // The preflight is one GET.
    expect(requests).toBe(report.requests.total + (contract?.requests ?? 0) + 1);
    expect(report.requests.total).toBe(report.requests.outcomes.created);
    const malformed = contract?.rows.find(({ row }) => row === 'malformed');
    expect(byStatus['400']).toBe(malformed?.checked);
    expect(contract?.latencyFloorMs).toBeGreaterThan(0);
  });

  it('finds the promises that the unoptimised handler breaks, and names it', async () => {
    const { exitCode, verdicts, stdout } = await smoke(
      ...['--deployment', 'naive-128', '--store', 'memory'],
    );
    expect(exitCode).toBe(1);
    const broken = { retry: 'broken', conflict: 'broken', malformed: 'broken' };
    expect(verdicts).toEqual({ ...KEPT, ...broken });
    expect(stdout).toMatch(/^✕ FAIL {2}The contract is broken: .*the same order again gave 500/);
    expect(stdout).toContain('(the unoptimised handler answers a retry like this)');
  });
});

describe.each<[ContractFault, ContractRow]>([
  ['wrongBody', 'newOrder'],
  ['wrongType', 'contentType'],
  ['retryFails', 'retry'],
  ['noConflict', 'conflict'],
  ['takesFractions', 'malformed'],
  ['forgetsPrice', 'readOrder'],
  ['unknownIs200', 'readUnknown'],
  ['queueIs500', 'queueOrder'],
])('a server whose fault is %s', (fault, row) => {
  it(`breaks ${row} alone`, async () => {
    const server = await startContractServer(fault);
    const { exitCode, verdicts, stdout } = await smoke('--target', server.url);
    expect(verdicts).toMatchObject({ [row]: 'broken' });
    const broken = Object.entries(verdicts).filter(([, verdict]) => verdict === 'broken');
    // A new order that is answered wrongly is answered wrongly again.
    const expected = fault === 'wrongBody' ? ['newOrder', 'retry'] : [row];
    expect(broken.map(([name]) => name)).toEqual(expected);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✕ FAIL {2}The contract is broken: /m);
  });
});

it('keeps what a hostile target sends bounded and escaped', async () => {
  const server = await startContractServer('hostile');
  const { contract, stdout, exitCode } = await smoke('--target', server.url);
  expect(exitCode).toBe(1);
  const got = contract?.rows.flatMap(({ broken }) => broken.map((one) => one.got)) ?? [];
  expect(got.length).toBeGreaterThan(5);
  expect(Math.max(...got.map((text) => text.length))).toBeLessThanOrEqual(200);
  expect(got.some((text) => text.includes('\u001b'))).toBe(true);
  expect(stdout).not.toContain('\u001b');
});

it('keeps a secret out of everything, which the target sends back', async () => {
  const server = await startContractServer('echoesKey');
  const secret = 'canary-5f2"e\\x';
  const run = await runLoad([...SMALL, '--target', server.url, '--api-key-env', 'KEY'], {
    env: { KEY: secret },
  });
  const report = await run.report();
  expect(server.orders.every(({ headers }) => headers['x-api-key'] === secret)).toBe(true);
  expect(report.answers.contract?.rows[0]?.broken[0]?.got).toBe('418, "***"');
  const files = await Promise.all(
    (await readdir(run.out)).map((name) => readFile(join(run.out, name), 'utf8')),
  );
  for (const text of [...files, run.stdout, run.stderr]) expect(text).not.toContain('canary-5f2');
});

it('gives up on a target that went silent, and says what was not checked', async () => {
  const server = await startContractServer('silentChecks');
  const { verdicts, exitCode, contract } = await smoke(
    ...['--target', server.url, '--timeout', '500ms', '--slo-p95', '400ms'],
  );
  expect(exitCode).toBe(1);
  expect(verdicts).toMatchObject({ newOrder: 'broken', malformed: 'notChecked' });
  expect(contract?.requests).toBe(3);
});

describe('plain k6', () => {
  async function plain(fault: ContractFault) {
    const folder = await temporaryFolder();
    const entries = [join(ROOT, 'scenarios', 'smoke.ts')];
    await bundleScenarios({ entries, outDir: folder, libDir: join(ROOT, 'lib') });
    const server = await startContractServer(fault);
    const args = ['run', '-e', `BASE_URL=${server.url}`, '-e', 'RATE=2', '-e', 'DURATION=1s'];
    const env = { HOME: folder };
    return outputOf(spawn(K6, [...args, 'smoke.js'], { cwd: folder, env, stdio: 'pipe' }));
  }

  it('passes on a target that keeps the contract', async () => {
    const { exitCode, stdout } = await plain('none');
    expect(stdout).toMatch(/checks_succeeded\.*: 100\.00% 55 out of 55/);
    expect(exitCode).toBe(0);
  });

  it('exits 99 on a broken one, and says what came', async () => {
    const { exitCode, stderr } = await plain('noConflict');
    expect(exitCode).toBe(99);
    expect(stderr).toContain(
      'the contract is broken: conflict: other content with the same id: got',
    );
  });
});
