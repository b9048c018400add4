import os from 'node:os';
import type { Env } from '../../core/config/env.ts';
import { prometheusEnv, secretsOf } from '../../core/config/required-env.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { newRunId } from '../../core/order/run-id.ts';
import { REPORT_FILE_NAMES } from '../../core/render/report-files.ts';
import { readBodyRows } from '../../node/config/read-bodies.ts';
import { readRecording } from '../../node/config/read-recording.ts';
import { readGitCommit } from '../../node/run/git-commit.ts';
import { readMachineLimits } from '../../node/run/machine-limits.ts';
import { growingRedactor } from '../../node/run/redact.ts';
import { createRunDir, removeIfEmpty } from '../../node/store/create-run-dir.ts';
import { JOURNAL_FOLDER } from '../../node/store/settings-journal.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import type { OutputStream } from '../cli/output-stream.ts';
import { sayOn } from '../cli/say-on.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import { streamColors } from '../cli/stream-colors.ts';
import { openJournalNote } from '../tune/open-journal-note.ts';
import { type Cleanups, createCleanups } from './cleanups.ts';
import { executeK6 } from './execute-k6.ts';
import { finishRun } from './finish-run.ts';
import { startForwarding } from './forward-telemetry.ts';
import { type GuardedPlan, guardRun } from './guard-run.ts';
import { k6Faults } from './k6-faults.ts';
import { keepOrderApiTruth, ORDER_API_TRUTH_FILE } from './keep-order-api-truth.ts';
import { startLiveRun } from './live-run.ts';
import { plannedLines } from './planned-lines.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { createProgress } from './progress.ts';
import { refineRun } from './refine-run.ts';
import { type RunAccess, readRunAccess } from './run-access.ts';
import { readSuiteVersion } from './suite-version.ts';
import { watchPlatform } from './watch-platform.ts';

/** What a run needs from its process. */
export interface LoadDeps {
  /** Folder of the suite. */
  readonly root: string;
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Env;
  /** Gets the result. */
  readonly stdout: OutputStream;
  /** Gets plan, progress and notes. */
  readonly stderr: OutputStream;
  readonly stop: StopSignals;
  /** Called when the first orders have been sent. */
  readonly onLoadBegan?: () => void;
}

export interface LoadEnd {
  readonly exitCode: number;
  /** Null if there was no load. */
  readonly report: AnsweredReport | null;
}

/**
 * Makes one load run: prepares it, loads the target, writes and prints the report. A signal ends the load early, and
 * what was measured is reported; a signal before the load ends the run at once, without a report.
 *
 * @throws UserError if the run is refused or cannot be made.
 */
export async function runLoad(config: RunConfig, deps: LoadDeps): Promise<LoadEnd> {
  const { cwd, env, root, stderr, stop } = deps;
  const say = sayOn(stderr);
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
  const gitCommit = readGitCommit(root, env);
  const journalNote = await openJournalNote(JOURNAL_FOLDER);
  if (journalNote !== null) say(journalNote);
  const cleanups = createCleanups(stderr);
  if (config.out === null) cleanups.add(() => removeIfEmpty(dir));
  const prometheusSecrets = prometheusEnv(config.prometheus).flatMap((name) => env[name] ?? []);
  const redactor = growingRedactor([...secretsOf(guarded.plan, env), ...prometheusSecrets]);
  try {
    const preparing = prepareRun(
      {
        config,
        guarded,
        recorded,
        access,
        redactor,
        cwd,
        env,
        root,
        say,
        announce: (plan) => {
          const notes = [...guarded.notes, ...access.notes];
          for (const line of [...plannedLines(plan, config, guarded.embedded), ...notes]) say(line);
        },
      },
      cleanups,
    );
    const prepared = await stop.orStop(preparing);
    if (prepared === null) return { exitCode: stop.exitCode(), report: null };
    const { redact } = redactor;
    return await measure(
      { config, guarded, access, prepared, dir, gitCommit, redact },
      deps,
      cleanups,
    );
  } finally {
    await cleanups.run();
  }
}

interface MeasureInput {
  readonly config: RunConfig;
  readonly guarded: GuardedPlan;
  readonly access: RunAccess;
  readonly prepared: PreparedRun;
  readonly dir: string;
  readonly gitCommit: Promise<string | null>;
  readonly redact: (text: string) => string;
}

/** The part of a run from its first order to its report. */
async function measure(
  { config, guarded, access, prepared, dir, gitCommit, redact }: MeasureInput,
  { root, env, stdout, stderr, stop, onLoadBegan }: LoadDeps,
  cleanups: Cleanups,
): Promise<LoadEnd> {
  const { plan, k6, tokens, page } = prepared;
  const { embedded, embeddedB } = guarded;
  const say = sayOn(stderr);
  const isStopped = (): boolean => stop.first() !== null;
  const progress = createProgress(plan, stderr, streamColors(stderr, env));
  const hostCpus = os.availableParallelism();
  const suiteVersion = await readSuiteVersion(root);
  const known = {
    config,
    plan,
    embedded,
    embeddedB,
    startedAt: new Date(),
    suiteVersion,
    k6Version: k6.version,
    hostCpus,
    ...(tokens && { tokenFacts: tokens.facts }),
  };
  const live = await startLiveRun(known, page, say, cleanups);
  const forwarding = startForwarding(config.prometheus, env, say);
  const load = {
    ...prepared,
    k6Path: k6.path,
    dir,
    env,
    redact,
    cpus: hostCpus,
    isOwnScenario: config.scenarioFile !== null,
    exact: config.exact,
    abort: config.abort,
    follow: live.follow,
    onLoadBegan,
    forward: forwarding.forward,
  };
  const watch = await watchPlatform({
    config,
    plan,
    access,
    token: tokens?.current,
    k6Version: k6.version,
    say,
    rows: await readBodyRows(config),
  });
  const execution = await executeK6(load, stop, progress, cleanups);
  const endedAt = new Date();
  for (const line of k6Faults(execution.k6)) say(line);
  const seen = await watch.afterLoad({
    handedOver: execution.k6.handedOver,
    stopped: isStopped,
  });
  const measured = {
    ...known,
    execution,
    seen,
    endedAt,
    interrupted: isStopped(),
    gitCommit: await gitCommit,
  };
  const refinements = await refineRun({ measured, k6: load, stop, cleanups, stderr, say });
  await forwarding.finish();
  const end = await finishRun(
    { ...measured, interrupted: isStopped(), refinements },
    { dir, page, live, signal: stop.first(), env, stdout, stderr },
  );
  if (embedded !== null) {
    const loadEndedMs = endedAt.getTime();
    await keepOrderApiTruth({ baseUrl: plan.target, dir, loadEndedMs, isStopped, say });
  }
  return end;
}
