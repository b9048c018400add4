import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { optionalEnv, requiredEnv } from '../lib/core/config/required-env.ts';
import { describeLoad } from '../lib/core/load/describe-load.ts';
import { newRunId } from '../lib/core/order/run-id.ts';
import { renderPlannedCost } from '../lib/core/render/planned-cost.ts';
import { renderSummary } from '../lib/core/render/terminal-summary.ts';
import { buildReport } from '../lib/core/report/build-report.ts';
import { exitCodeOf } from '../lib/core/report/exit-code.ts';
import { readGitCommit } from '../lib/node/run/git-commit.ts';
import { createRunDir } from '../lib/node/store/create-run-dir.ts';
import { writeReport } from '../lib/node/store/write-report.ts';
import { createCleanups } from './run/cleanups.ts';
import { executeK6 } from './run/execute-k6.ts';
import { guardRun } from './run/guard-run.ts';
import { prepareRun } from './run/prepare-run.ts';
import { createProgress } from './run/progress.ts';
import { readRunConfig } from './run/read-run-config.ts';
import { platformOf, runContext } from './run/run-context.ts';
import { takeStopSignals } from './run/stop-signals.ts';
import { runMain } from './run-main.ts';

const { version: SUITE_VERSION } = createRequire(import.meta.url)('../package.json') as {
  version: string;
};
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(async () => {
  const { env } = process;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const config = await readRunConfig(process.argv.slice(2), env, process.cwd());
  const startedAt = new Date();
  const run = newRunId(startedAt.getTime(), Math.random);
  const guarded = guardRun(config, { run, env, freeMemoryBytes: os.freemem() });
  const dir = await createRunDir({ root: 'results', run, out: config.out ?? undefined });
  const commit = readGitCommit(ROOT);
  const stop = takeStopSignals();
  const cleanups = createCleanups();
  try {
    const prepared = await stop.orStop(
      prepareRun({ config, guarded, env, root: ROOT, say }, cleanups),
    );
    if (prepared === null) {
      await cleanups.run();
      // What was still being prepared (a download, a build) would keep the process alive.
      process.exit(stop.exitCode());
    }
    const { plan } = prepared;
    const plannedCost = renderPlannedCost(plan, platformOf(config, plan.target) === 'aws');
    for (const line of [...describeLoad(plan), plannedCost, ...guarded.notes]) say(line);
    const progress = createProgress(plan, process.stderr, createColors().isColorSupported);
    const secrets = [...requiredEnv(plan), ...optionalEnv(plan)].flatMap((name) => env[name] ?? []);
    const execution = await executeK6(
      {
        ...prepared,
        k6Path: prepared.k6.path,
        dir,
        env,
        secrets,
        cpus: os.availableParallelism(),
        exact: config.exact,
        abort: config.abort,
      },
      stop,
      progress,
      cleanups,
    );
    const report = buildReport({
      plan,
      runners: execution.runners,
      context: runContext({
        config,
        plan,
        execution,
        startedAt,
        endedAt: new Date(),
        interrupted: stop.first() !== null,
        gitCommit: await commit,
        suiteVersion: SUITE_VERSION,
        k6Version: prepared.k6.version,
        hostCpus: os.availableParallelism(),
      }),
    });
    const reportPath = await writeReport(dir, report, {
      summary: renderSummary(report, { colors: false, width: 100 }),
    });
    process.stdout.write(
      config.json
        ? `${JSON.stringify(report)}\n`
        : renderSummary(report, {
            colors: createColors().isColorSupported,
            width: process.stdout.columns ?? 100,
            reportPath,
          }),
    );
    return exitCodeOf(report, { signal: stop.first() });
  } finally {
    await cleanups.run();
    stop.release();
  }
});
