import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { createCleanups } from '../lib/app/run/cleanups.ts';
import { executeK6 } from '../lib/app/run/execute-k6.ts';
import { finishRun } from '../lib/app/run/finish-run.ts';
import { startForwarding } from '../lib/app/run/forward-telemetry.ts';
import { guardRun } from '../lib/app/run/guard-run.ts';
import { k6Faults } from '../lib/app/run/k6-faults.ts';
import { keepOrderApiTruth, ORDER_API_TRUTH_FILE } from '../lib/app/run/keep-order-api-truth.ts';
import { startLiveRun } from '../lib/app/run/live-run.ts';
import { plannedLines } from '../lib/app/run/planned-lines.ts';
import { prepareRun } from '../lib/app/run/prepare-run.ts';
import { createProgress } from '../lib/app/run/progress.ts';
import { readRunConfig } from '../lib/app/run/read-run-config.ts';
import { refineRun } from '../lib/app/run/refine-run.ts';
import { readRunAccess } from '../lib/app/run/run-access.ts';
import { takeStopSignals } from '../lib/app/run/stop-signals.ts';
import { watchPlatform } from '../lib/app/run/watch-platform.ts';
import { prometheusEnv, secretsOf } from '../lib/core/config/required-env.ts';
import type { LoadPlan } from '../lib/core/load/load-plan.ts';
import { newRunId } from '../lib/core/order/run-id.ts';
import { REPORT_FILE_NAMES } from '../lib/core/render/report-files.ts';
import { readBodyRows } from '../lib/node/config/read-bodies.ts';
import { readRecording } from '../lib/node/config/read-recording.ts';
import { readGitCommit } from '../lib/node/run/git-commit.ts';
import { readMachineLimits } from '../lib/node/run/machine-limits.ts';
import { growingRedactor } from '../lib/node/run/redact.ts';
import { createRunDir, removeIfEmpty } from '../lib/node/store/create-run-dir.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const suite = createRequire(import.meta.url)('../package.json') as { version: string };

runMain(process, async () => {
  const { env } = process;
  const cwd = process.cwd();
  // In place of the progress line, which is drawn again.
  const overLine = process.stderr.isTTY ? '\r\u001b[2K' : '';
  const say = (line: string): void => void process.stderr.write(`${overLine}${line}\n`);
  const config = await readRunConfig(process.argv.slice(2), env, cwd);
  const run = newRunId(Date.now(), Math.random);
  const recorded = await readRecording(config, cwd);
  const machine = { freeMemoryBytes: process.availableMemory(), ...(await readMachineLimits()) };
  const access = await readRunAccess(config, { cwd, env, platform: process.platform });
  const guarded = guardRun(config, { run, env, machine, recorded });
  const dir = await createRunDir({
    root: 'results',
    run,
    out: config.out ?? undefined,
    siblings: [...REPORT_FILE_NAMES, ORDER_API_TRUTH_FILE],
  });
  const gitCommit = readGitCommit(ROOT, env);
  const hostCpus = os.availableParallelism();
  const stop = takeStopSignals();
  const cleanups = createCleanups();
  if (config.out === null) cleanups.add(() => removeIfEmpty(dir));
  const ofPrometheus = prometheusEnv(config.prometheus).flatMap((name) => env[name] ?? []);
  const redactor = growingRedactor([...secretsOf(guarded.plan, env), ...ofPrometheus]);
  const announce = (plan: LoadPlan): void => {
    const notes = [...guarded.notes, ...access.notes];
    for (const line of [...plannedLines(plan, config), ...notes]) say(line);
  };
  try {
    const prepared = await stop.orStop(
      prepareRun(
        { config, guarded, recorded, access, redactor, cwd, env, root: ROOT, say, announce },
        cleanups,
      ),
    );
    if (prepared === null) {
      await cleanups.run();
      // What was still being prepared (a download, a build) would keep the process alive.
      process.exit(stop.exitCode());
    }
    const { plan, k6, tokens } = prepared;
    const progress = createProgress(plan, process.stderr, streamColors(process.stderr, env));
    const { exact, abort } = config;
    const versions = { suiteVersion: suite.version, k6Version: k6.version, hostCpus };
    const { embedded, embeddedB } = guarded;
    const known = {
      config,
      plan,
      embedded,
      embeddedB,
      startedAt: new Date(),
      ...versions,
      ...(tokens && { tokenFacts: tokens.facts }),
    };
    const live = await startLiveRun(known, prepared.page, say, cleanups);
    const { redact } = redactor;
    const k6Input = { ...prepared, k6Path: k6.path, dir, env, redact, cpus: hostCpus };
    const forwarding = startForwarding(config.prometheus, env, say);
    const { forward } = forwarding;
    const isOwnScenario = config.scenarioFile !== null;
    const load = { ...k6Input, isOwnScenario, exact, abort, follow: live.follow, forward };
    const token = tokens?.current;
    const rows = await readBodyRows(config);
    const watched = { config, plan, access, token, k6Version: k6.version, say, rows };
    const watch = await watchPlatform(watched);
    const execution = await executeK6(load, stop, progress, cleanups);
    const endedAt = new Date();
    for (const line of k6Faults(execution.k6)) say(line);
    const seen = await watch.afterLoad({
      handedOver: execution.k6.handedOver,
      stopped: () => stop.first() !== null,
    });
    const interrupted = stop.first() !== null;
    const ended = { execution, seen, endedAt, interrupted, gitCommit: await gitCommit };
    const measured = { ...known, ...ended };
    const refinements = await refineRun({ measured, k6: load, stop, cleanups, say });
    await forwarding.finish();
    const exitCode = await finishRun(
      { ...measured, interrupted: stop.first() !== null, refinements },
      dir,
      prepared.page,
      live,
      stop.first(),
      env,
    );
    if (guarded.embedded !== null) {
      const loadEndedMs = endedAt.getTime();
      const isStopped = () => stop.first() !== null;
      await keepOrderApiTruth({ baseUrl: plan.target, dir, loadEndedMs, isStopped, say });
    }
    return exitCode;
  } finally {
    await cleanups.run();
    stop.release();
  }
});
