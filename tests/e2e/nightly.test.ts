import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { historyEntryOf } from '../../lib/core/history/history-entry.ts';
import type { Night } from '../../lib/core/night/night.ts';
import { judgedLatencyMs } from '../../lib/core/trend/trend-metric.ts';
import { appendHistory } from '../../lib/node/store/history.ts';
import { startDelay } from './support/delay-proxy.ts';
import { K6, ROOT, runLoad, temporaryFolder } from './support/run-load.ts';
import { startOrderApi } from './support/start-order-api.ts';

interface NightOptions {
  readonly cwd?: string;
  /** Sees what the night says while it goes on. */
  readonly hear?: (said: string) => void;
}

async function runNightly(env: Record<string, string>, options: NightOptions = {}) {
  const cwd = options.cwd ?? (await temporaryFolder());
  const places = ['--history', join(cwd, 'history'), '--out', join(cwd, 'night')];
  const args = [join(ROOT, 'scripts/start.mjs'), 'nightly'];
  const base = { PATH: process.env['PATH'] ?? '', HOME: cwd, TMPDIR: cwd, K6_BIN: K6 };
  return new Promise<{ exitCode: number; night: Night; read: (name: string) => Promise<string> }>(
    (done) => {
      const child = execFile(
        process.execPath,
        [...args, '--quick', '--repeats', '1', '--json', ...places],
        { cwd, env: { ...base, LOAD_STORE: 'memory', ...env }, maxBuffer: 2 ** 24 },
        (error, stdout) => {
          const exitCode = error === null ? 0 : Number(error.code);
          const read = (name: string) => readFile(join(cwd, name), 'utf8');
          done({ exitCode, night: JSON.parse(stdout) as Night, read });
        },
      );
      child.stderr?.on('data', (text: string) => options.hear?.(text));
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

/**
 * A night against a target that answers ten times as late as in the ten runs before it; `mends` says
 * whether it is itself again when the night looks once more.
 */
async function slowNight(mends: boolean) {
  const target = await startOrderApi();
  const delay = await startDelay(target.url, 20);
  const cwd = await temporaryFolder();
  const before = ['steady', '--profile', 'quick', '--duration', '3s', '--target', delay.url];
  const usual = historyEntryOf(await (await runLoad(before)).report());
  for (let night = 0; night < 10; night++) {
    // Alternately a third below and above, so that a busy machine is still within what is expected.
    const factor = night % 2 === 0 ? 2 / 3 : 3 / 2;
    const { count, p50, p95, p99 } = judgedLatencyMs(usual);
    const judgedMs = { count, p50: at(p50, factor), p95: at(p95, factor), p99: at(p99, factor) };
    const startedAt = new Date(Date.parse(usual.startedAt) - (10 - night) * 86_400_000);
    const entry = {
      ...usual,
      run: `before-${night}`,
      startedAt: startedAt.toISOString(),
      judgedMs,
    };
    await appendHistory(join(cwd, 'history'), entry);
  }
  delay.set(200);
  const hear = (said: string) => {
    if (mends && said.includes('(confirm)')) delay.set(20);
  };
  return runNightly({ BASE_URL: delay.url }, { cwd, hear });
}

const at = (ms: number | null, factor: number) => (ms ?? 0) * factor;

it('runs what is suspected once more, and fails when it is as bad again', async () => {
  const { exitCode, night, read } = await slowNight(false);
  const again = night.runs.filter(({ purpose }) => purpose === 'confirm');
  expect(again.map(({ folder }) => folder)).toEqual(['steady-again/1']);
  expect(night.suspected.map(({ metric }) => metric)).toContain('p50');
  expect(night.confirmed?.map(({ metric }) => metric)).toContain('p50');
  expect(exitCode).toBe(1);
  expect(await read('night/summary.md')).toContain('it is a regression');
});

it('passes when the rerun does not show it again', async () => {
  const { exitCode, night, read } = await slowNight(true);
  expect(night.suspected.map(({ metric }) => metric)).toContain('p50');
  expect(night.confirmed).toEqual([]);
  expect(exitCode).toBe(0);
  expect(await read('night/summary.md')).toContain('The rerun did not show it again');
});
