import { expect, it } from 'vitest';
import { runNightly } from './support/run-nightly.ts';

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
