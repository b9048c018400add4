import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StopSignals } from '../../../lib/app/cli/stop-signals.ts';
import { createCleanups } from '../../../lib/app/run/cleanups.ts';
import { type Execution, executeK6 } from '../../../lib/app/run/execute-k6.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import { sampleContext, samplePlan } from '../../core/report/sample-run.ts';

const HASTY_K6 = fileURLToPath(import.meta.resolve('./hasty-k6.ts'));
const PLAN = samplePlan({
  scenario: 'soak',
  run: 'r',
  stages: [{ name: 'soak', durationSeconds: 300, fromRate: 10, toRate: 10 }],
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'order-load-execute-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** A soak by a k6 whose minutes are over at once. */
async function soak(): Promise<Execution> {
  const k6Path = join(dir, 'k6');
  const command = `'${process.execPath}' --import '${import.meta.resolve('tsx')}' '${HASTY_K6}'`;
  await writeFile(k6Path, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  const stop: StopSignals = {
    first: () => null,
    onStop: () => () => undefined,
    orStop: (work) => work,
    exitCode: () => 130,
    release: () => undefined,
  };
  const cleanups = createCleanups(process.stderr);
  const progress = { show: () => undefined, end: () => undefined };
  const input = {
    ...{ plan: PLAN, k6Path, bundle: 'bundle.js', dir, scratchDir: dir, configPath: 'none' },
    recordedPath: null,
    bodiesPath: null,
    ...{ rpsLimit: null, maxRequests: 1e6, env: process.env, cpus: 2 },
    ...{ accessEnv: {}, redact: (text: string) => text },
    ...{ exact: false, isOwnScenario: false, abort: true },
  };
  try {
    return await executeK6(input, stop, progress, cleanups);
  } finally {
    await cleanups.run();
  }
}

it('stops a soak whose SLO is lost for good, and keeps what was measured', async () => {
  const { abortReason, k6, runners } = await soak();
  expect(k6.exitCode).toBe(105);
  expect(abortReason).toMatch(
    /^success was 50% in the last minute and can reach at most .* over the whole soak/,
  );
  const { run, requests } = buildReport({
    plan: PLAN,
    runners,
    context: sampleContext({ status: 'aborted', abortReason, k6: { ...k6 } }),
  });
  expect(run.verdict).toBe('fail');
  expect(run.reasons.join()).toContain('The run was stopped early: success was 50%');
  expect(requests).toMatchObject({ total: 700, unresolved: 0, successRatio: 0.5 });
});
