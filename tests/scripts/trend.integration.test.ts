import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendHistory } from '../../lib/node/store/history.ts';
import { sampleHistory } from '../core/history/sample-history.ts';
import { sampleReport } from '../core/report/sample-run.ts';
import { runScript } from './run-script.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'trend-test-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
const trend = (...args: string[]) =>
  runScript('trend', ['--history', path.join(dir, 'history'), ...args], env);

it('confirms a change once: exit 1, then 0; --dry-run confirms nothing', async () => {
  for (const entry of sampleHistory(30, (night) => (night < 20 ? 1 : 1.2))) {
    await appendHistory(path.join(dir, 'history'), entry);
  }
  expect((await trend('--dry-run', '--metric', 'p95')).exitCode).toBe(1);
  const first = await trend('--json', '--metric', 'p95', '--html', path.join(dir, 't.html'));
  expect(first.exitCode).toBe(1);
  const [series] = JSON.parse(first.stdout) as [
    { verdict: string; metrics: [{ changePoints: { run: string; isNew: boolean }[] }] },
  ];
  expect(series.verdict).toBe('changed');
  expect(series.metrics[0].changePoints).toMatchObject([{ run: 'run-20', isNew: true }]);
  expect(await readFile(path.join(dir, 't.html'), 'utf8')).toContain('data-trend');
  const second = await trend('--metric', 'p95');
  expect(second).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/\n✓ STEADY {2}The newest run is as expected: p95 /),
  });
});

it('confirms no change of a scenario that is left open', async () => {
  for (const entry of sampleHistory(30, (night) => (night < 20 ? 1 : 1.2))) {
    await appendHistory(path.join(dir, 'history'), entry);
  }
  const confirmed = path.join(dir, 'history', 'confirmed', 'change-points.jsonl');
  await trend('--metric', 'p95', '--leave-open', 'soak', '--leave-open', 'steady');
  await expect(readFile(confirmed, 'utf8')).rejects.toThrow('ENOENT');
  await trend('--metric', 'p95', '--leave-open', 'soak');
  expect(await readFile(confirmed, 'utf8')).toContain('"run":"run-20"');
});

it('imports old reports once, and says what it could not read', async () => {
  for (const run of ['a', 'b']) {
    await mkdir(path.join(dir, 'results', run), { recursive: true });
    const report = sampleReport({}, { plan: { run } });
    await writeFile(path.join(dir, 'results', run, 'report.json'), JSON.stringify(report));
  }
  await mkdir(path.join(dir, 'results', 'c'));
  await writeFile(path.join(dir, 'results', 'c', 'report.json'), '{"half');
  const first = await trend('--import', path.join(dir, 'results'), '--strict');
  expect(first.stderr).toContain('imported  2 runs');
  expect(first.stderr).toMatch(/not imported: .*cut off/);
  expect(first.exitCode).toBe(3);
  expect((await trend('--import', path.join(dir, 'results'))).stderr).toContain('imported  0 runs');
});

it('refuses an empty history, an unknown metric and an unknown scenario in one line', async () => {
  const empty = await trend();
  expect(empty).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/--import results\.\n$/),
  });
  expect(await trend('--metric', 'p42')).toMatchObject({ exitCode: 2 });
});
