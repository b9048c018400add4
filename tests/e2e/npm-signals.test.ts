import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const COMMAND = 'run -s load:steady -- --profile quick --rate 20 --duration 60s --out';

let out: string;
let npm: ChildProcess;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'order-load-npm-'));
});
afterEach(async () => {
  if (npm.exitCode === null && npm.signalCode === null) process.kill(-Number(npm.pid), 'SIGKILL');
  await rm(out, { recursive: true, force: true });
});

/** Starts a run by npm, in a process group of its own as a shell would, and waits until orders are counted. */
async function startLoad(): Promise<void> {
  const args = [...COMMAND.split(' '), join(out, 'run')];
  npm = spawn('npm', args, { cwd: ROOT, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  for await (const chunk of npm.stderr ?? []) {
    said += String(chunk);
    if (/ sent \d/.test(said)) {
      npm.stderr?.resume();
      return;
    }
  }
  throw new Error(`the run ended before it showed progress:\n${said}`);
}

async function readRun(): Promise<{ status: string; reasons: string[] }> {
  const report = JSON.parse(await readFile(join(out, 'run/report.json'), 'utf8'));
  return report.run;
}

it('reports what was measured after a Ctrl-C, which reaches npm and the run at once', async () => {
  await startLoad();
  process.kill(-Number(npm.pid), 'SIGINT');
  expect(await once(npm, 'close')).toEqual([130, null]);
  const { status, reasons } = await readRun();
  expect(status).toBe('interrupted');
  // A second signal would have killed k6 before its last push.
  expect(reasons.join('\n')).not.toMatch(/telemetry/i);
});

it('ends the run, not only npm, when a supervisor stops npm', async () => {
  await startLoad();
  npm.kill('SIGTERM');
  expect(await once(npm, 'close')).toEqual([143, null]);
  expect((await readRun()).status).toBe('interrupted');
});

it('reports what was measured after its terminal was closed', async (context) => {
  if (process.platform !== 'linux') context.skip('needs the script command of util-linux');
  const args = ['scripts/start.mjs', 'run', ...'steady --profile quick --rate 20'.split(' ')];
  const command = [process.execPath, ...args, '--duration', '60s', '--out', join(out, 'run')];
  // util-linux's script gives the run a terminal of its own, which goes when script is killed.
  npm = spawn('script', ['-qefc', command.join(' '), '/dev/null'], {
    ...{ cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'ignore'] },
  });
  let said = '';
  for await (const chunk of npm.stdout ?? []) {
    said += String(chunk);
    if (/ sent \d/.test(said)) break;
  }
  npm.kill('SIGKILL');
  await expect.poll(() => readRun().catch(() => null), { timeout: 30_000 }).not.toBeNull();
  expect((await readRun()).status).toBe('interrupted');
});
