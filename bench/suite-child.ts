import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StopSignals } from '../lib/app/cli/stop-signals.ts';
import { createCleanups } from '../lib/app/run/cleanups.ts';
import { executeK6 } from '../lib/app/run/execute-k6.ts';
import { guardRun } from '../lib/app/run/guard-run.ts';
import { createProgress } from '../lib/app/run/progress.ts';
import { readRunConfig } from '../lib/app/run/read-run-config.ts';
import { runContext } from '../lib/app/run/run-context.ts';
import { UNKNOWN_MACHINE } from '../lib/core/load/in-flight.ts';
import { buildReport } from '../lib/core/report/build-report.ts';
import type { LatencyStats } from '../lib/core/report/schema/latency-schema.ts';
import { bundleScenarios } from '../lib/node/bundle/bundle-scenario.ts';
import { readRecording } from '../lib/node/config/read-recording.ts';

/** The task of this process, as JSON in its first argument. */
export interface SuiteTask {
  readonly flags: readonly string[];
  readonly k6Path: string;
  /** Folder for the log, the bundle and k6's config. */
  readonly dir: string;
  readonly exact: boolean;
}

/** The message that this process sends back. */
export interface SuiteResult {
  /** CPU of this process while k6 ran: receiver, progress, watching the generator. */
  readonly wrapperCpuSeconds: number;
  readonly orders: number;
  readonly latencyMs: LatencyStats;
  /** Orders that fell due and were not sent. */
  readonly dropped: number;
  readonly successRatio: number | null;
  /** Lateness of the orders. */
  readonly latenessMs: LatencyStats | null;
  readonly peakInFlight: number | null;
  readonly peakRssBytes: number | null;
  /** Why the report is INVALID; empty if it is not. */
  readonly invalid: readonly string[];
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEVER_STOPPED: StopSignals = {
  first: () => null,
  onStop: () => () => undefined,
  orStop: async (promise) => promise,
  exitCode: () => 0,
  release: () => undefined,
};
/** A terminal that discards the output, so that the cost of drawing is included. */
const TERMINAL = { isTTY: true, columns: 100, write: () => true } as unknown as NodeJS.WriteStream;

/**
 * Runs `steady` with the same function as `npm run load`, and like that in a fresh process: a warmed-up one would hide
 * the cost of compiling the receiver.
 */
async function runSuite({ flags, k6Path, dir, exact }: SuiteTask): Promise<SuiteResult> {
  const { env } = process;
  await mkdir(dir, { recursive: true });
  const config = await readRunConfig(['steady', ...flags], env, dir);
  const run = `bench${Date.now().toString(36)}`;
  const machine = { ...UNKNOWN_MACHINE, freeMemoryBytes: process.availableMemory() };
  const recorded = await readRecording(config, dir);
  const { plan, caps } = guardRun(config, { run, env, machine, recorded });
  const recordedPath = recorded && join(dir, 'recorded.json');
  if (recordedPath !== null) await writeFile(recordedPath, JSON.stringify(recorded?.recordedMs));
  const [bundle] = await bundleScenarios({
    entries: [join(ROOT, 'scenarios/steady.ts')],
    outDir: dir,
    libDir: join(ROOT, 'lib'),
    wrapped: true,
  });
  const configPath = join(dir, 'k6-config.json');
  await writeFile(configPath, '{}');
  const cleanups = createCleanups(process.stderr);
  const startedAt = new Date();
  try {
    const before = process.cpuUsage();
    const execution = await executeK6(
      {
        plan,
        k6Path,
        bundle: bundle as string,
        dir,
        scratchDir: dir,
        configPath,
        env,
        exact,
        recordedPath,
        bodiesPath: config.bodiesPath,
        isOwnScenario: false,
        rpsLimit: null,
        maxRequests: caps.maxRequests,
        accessEnv: {},
        redact: (text: string) => text,
        cpus: os.availableParallelism(),
        abort: true,
      },
      NEVER_STOPPED,
      createProgress(plan, TERMINAL, false),
      cleanups,
    );
    const used = process.cpuUsage(before);
    const surroundings = {
      gitCommit: null,
      suiteVersion: '0.0.0',
      k6Version: '2.2.0',
      hostCpus: 2,
    };
    const report = buildReport({
      plan,
      runners: execution.runners,
      context: runContext({
        config,
        plan,
        embedded: null,
        embeddedB: null,
        execution,
        startedAt,
        endedAt: new Date(),
        interrupted: false,
        ...surroundings,
      }),
    });
    return {
      wrapperCpuSeconds: (used.user + used.system) / 1e6,
      orders: report.requests.total,
      latencyMs: report.latencyMs.all,
      dropped: report.requests.dropped,
      successRatio: report.requests.successRatio,
      latenessMs: report.generator.latenessMs ?? null,
      peakInFlight: report.generator.peakInFlight ?? null,
      peakRssBytes: report.generator.peakRssBytes,
      invalid: report.run.verdict === 'invalid' ? report.run.reasons : [],
    };
  } finally {
    await cleanups.run();
  }
}

const result = await runSuite(JSON.parse(process.argv[2] ?? '') as SuiteTask);
process.send?.(result);
process.disconnect?.();
