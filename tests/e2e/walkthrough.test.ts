import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { K6, outputOf, ROOT, temporaryFolder } from './support/run-load.ts';

it('tells the story of the walkthrough: each change is better than what was before', async () => {
  const out = await temporaryFolder();
  const page = await readFile(join(ROOT, 'docs/walkthrough.md'), 'utf8');
  const { stdout, stderr } = await outputOf(
    spawn('npm', ['run', '--silent', 'walkthrough', '--', '--quick', '--out', out], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HOME: out, TMPDIR: out, K6_BIN: K6, LOAD_RATE: '7' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const success = successByRun(stdout);
  expect([...success.keys()], stderr).toEqual([
    ...['naive', 'memory', 'concurrency', 'init', 'retries-naive', 'retries-idempotent'],
    ...['two-at-once', 'queue', 'batch'],
  ]);
  const of = (id: string) => success.get(id) as number;
  for (const later of ['memory', 'concurrency', 'init']) {
    expect(of('naive')).toBeLessThan(of(later));
  }
  expect(of('memory')).toBeLessThan(of('concurrency'));
  expect(of('retries-naive')).toBeLessThan(of('retries-idempotent'));
  expect(of('two-at-once')).toBeLessThan(of('queue'));
  expect(of('two-at-once')).toBeLessThan(of('batch'));

  const truths = await Promise.all(
    (await readdir(out))
      .filter((name) => /^[89]-/.test(name))
      .map(async (name) => [
        JSON.parse(await readFile(join(out, name, 'target-truth.json'), 'utf8')),
        JSON.parse(await readFile(join(out, name, 'report.json'), 'utf8')),
      ]),
  );
  expect(truths).toHaveLength(2);
  for (const [kept, report] of truths) {
    // Every order that was accepted is in the table; the client may have given up on one that was.
    expect(kept.drainMs).not.toBeNull();
    expect(kept.truth.storedOrders).toBeGreaterThanOrEqual(report.requests.outcomes.created);
    expect(kept.truth.queue).toMatchObject({ visible: 0, inFlight: 0, dlq: 0 });
  }
  expect(await readFile(join(ROOT, 'docs/walkthrough.md'), 'utf8')).toBe(page);
}, 400_000);

/** Success in per cent, from the printed table. */
function successByRun(table: string): ReadonlyMap<string, number> {
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| run '))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.map((cells) => [cells[1] as string, Number.parseFloat(cells[3] as string)]));
}
