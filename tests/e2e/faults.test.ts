import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startKnownRun } from './support/known-run.ts';
import { descendantsOf, isAlive } from './support/processes.ts';
import { startLoad } from './support/start-load.ts';

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.concurrent('a target', () => {
  it('that answers only errors fails the run', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['handlerFailure'], delaysMs: [1] },
      'steady --rate 20 --duration 3s',
    );
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✕ FAIL /);
    const { requests } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests.outcomes.serverError).toBe(requests.total);
    expect(requests.successRatio).toBe(0);
  });

  it('that refuses connections ends the run before it begins', async ({ onTestFinished }) => {
    const load = startLoad(`steady --duration 60s --target http://127.0.0.1:${await closedPort()}`);
    onTestFinished(load.dispose);
    const { exitCode, stdout, stderr } = await load.done;
    expect(exitCode).toBe(4);
    expect(stdout).toBe('');
    const errors = stderr.split('\n').filter((line) => line.startsWith('error'));
    expect(errors).toEqual([expect.stringMatching(/no HTTP response.*ECONNREFUSED.*--target/)]);
    expect(existsSync(`${load.out}/report.json`)).toBe(false);
    expect(existsSync(`${load.out}/k6.log`)).toBe(false);
  });

  it('that dies in a run fails it, and soon', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [5] },
      'steady --rate 20 --duration 120s',
    );
    await server.sawOrders(60);
    await server.kill();
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✕ FAIL /);
    const { run, requests } = await load.report();
    expect(run.status).toBe('aborted');
    expect(run.reasons.join('\n')).toMatch(/stopped early: .* of the last .* orders were stored/);
    expect(requests.outcomes.created).toBeGreaterThanOrEqual(60 - requests.outcomes.connection);
    expect(requests.outcomes.connection).toBeGreaterThan(100);
    // Two minutes were planned.
    expect(requests.total).toBeLessThan(20 * 60);
  });
});

describe('a process of the run', () => {
  beforeEach((context) => {
    context.skip(process.platform !== 'linux', 'needs the right to read /proc, which Linux has');
  });

  it.concurrent('k6, when killed, makes the run INVALID', async (context) => {
    const { server, load } = await startKnownRun(
      context,
      { answers: ['created'], delaysMs: [5] },
      'steady --rate 20 --duration 60s',
    );
    await server.sawOrders(60);
    const k6 = descendantsOf(load.pid).find(({ name }) => name === 'k6');
    expect(k6).toBeDefined();
    process.kill(k6?.pid as number, 'SIGKILL');
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^\? INVALID \(stopped early\) {2}k6 was ended from outside by SIGKILL/);
    const { run, requests } = await load.report();
    expect(run.verdict).toBe('invalid');
    expect(run.reasons.join('\n')).toContain('stops before the end of the run');
    expect(requests.total).toBeLessThanOrEqual((await server.log()).orders.length);
  });

  it.concurrent('the command, when killed, leaves no orphan', async ({ onTestFinished }) => {
    const load = startLoad('steady --rate 20 --duration 120s');
    onTestFinished(load.dispose);
    await vi.waitFor(async () => expect(await load.k6Log()).not.toBe(''), 60_000);
    const started = descendantsOf(load.pid);
    onTestFinished(() => {
      for (const { pid } of started) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    });
    expect(started.map(({ name }) => name)).toContain('k6');
    // The order API and its dynalite.
    expect(started.length).toBeGreaterThanOrEqual(3);
    load.kill('SIGKILL');
    await vi.waitFor(() => expect(started.filter(({ pid }) => isAlive(pid))).toEqual([]), 20_000);
    expect(existsSync(`${load.out}/report.json`)).toBe(false);
  });
});
