import { join } from 'node:path';
import { expect, it } from 'vitest';
import { historyEntryOf } from '../../lib/core/history/history-entry.ts';
import { judgedLatencyMs } from '../../lib/core/trend/trend-metric.ts';
import { appendHistory } from '../../lib/node/store/history.ts';
import { startDelay } from './support/delay-proxy.ts';
import { runLoad, temporaryFolder } from './support/run-load.ts';
import { runNightly } from './support/run-nightly.ts';
import { startOrderApi } from './support/start-order-api.ts';

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
