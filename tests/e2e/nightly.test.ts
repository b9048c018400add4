import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Night } from '../../scripts/nightly/night.ts';
import { K6, ROOT, temporaryFolder } from './support/run-load.ts';

async function runNightly(env: Record<string, string>) {
  const cwd = await temporaryFolder();
  const places = ['--history', join(cwd, 'history'), '--out', join(cwd, 'night')];
  const args = ['--import', import.meta.resolve('tsx'), join(ROOT, 'scripts/nightly.ts')];
  const base = { PATH: process.env['PATH'] ?? '', HOME: cwd, TMPDIR: cwd, K6_BIN: K6 };
  return new Promise<{ exitCode: number; night: Night; read: (name: string) => Promise<string> }>(
    (done) => {
      execFile(
        process.execPath,
        [...args, '--quick', '--repeats', '1', '--json', ...places],
        { cwd, env: { ...base, LOAD_STORE: 'memory', ...env }, maxBuffer: 2 ** 24 },
        (error, stdout) => {
          const exitCode = error === null ? 0 : Number(error.code);
          const read = (name: string) => readFile(join(cwd, name), 'utf8');
          done({ exitCode, night: JSON.parse(stdout) as Night, read });
        },
      );
    },
  );
}

it('makes every step, keeps the history and sums up', async () => {
  const { exitCode, night, read } = await runNightly({});
  expect(night.runs.map(({ folder, exitCode: code }) => [folder, code])).toEqual([
    ['smoke/1', 0],
    ['steady/1', 0],
    ['spike/1', 0],
    ['soak/1', 0],
  ]);
  expect(exitCode).toBe(0);
  expect(await read('night/summary.md')).toContain('# ✓ PASS');
  expect(await read('night/trend.html')).toContain('<html');
  const [line] = (await read('history/steady.jsonl')).trimEnd().split('\n');
  expect(JSON.parse(line as string)).toMatchObject({ run: night.runs[1]?.report?.run });
});

it('ends at once when the target cannot be reached', async () => {
  const { exitCode, night } = await runNightly({ BASE_URL: 'http://127.0.0.1:9' });
  expect(exitCode).toBe(4);
  expect(night.runs.map(({ scenario }) => scenario)).toEqual(['smoke']);
  expect(night.notRun).toEqual(['steady', 'spike', 'soak']);
});
