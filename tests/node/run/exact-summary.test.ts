import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readExactSummary } from '../../../lib/node/run/exact-summary.ts';

async function summary(text: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'exact-summary-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, 'summary.json');
  await writeFile(file, text);
  return file;
}

it("takes k6's own percentiles of the scenario", async () => {
  const stats = { count: 3, avg: 2, 'p(95)': 4 };
  const metrics = { 'http_req_duration{scenario:steady}': stats, http_reqs: { count: 9 } };
  const file = await summary(JSON.stringify({ metrics }));
  expect(await readExactSummary(file, 'steady')).toEqual({ all: { mean: 2, p95: 4 } });
});

it.each(['', '{"metrics":{"http_req', 'null', '{}'])('makes nothing of %j', async (text) => {
  expect(await readExactSummary(await summary(text), 'steady')).toBeUndefined();
});
