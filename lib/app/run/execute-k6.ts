import { join } from 'node:path';
import type { Env } from '../../core/config/env.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';
import { durationSeconds, peakOf } from '../../core/load/stages.ts';
import type { RunContext } from '../../core/report/run-context.ts';
import { windowLengthMs } from '../../core/report/windows.ts';
import type { RunnerTelemetry } from '../../core/telemetry/tally.ts';
import { proxyOf } from '../../node/http/proxy-of.ts';
import { type HeldBack, watchHeldBack } from '../../node/run/cpu-held-back.ts';
import { readExactSummary } from '../../node/run/exact-summary.ts';
import { type GeneratorUsage, watchGenerator } from '../../node/run/generator-usage.ts';
import {
  goRuntimeEnvironment,
  k6Environment,
  processorsOf,
} from '../../node/run/k6-environment.ts';
import { type K6Result, startK6 } from '../../node/run/k6-process.ts';
import { watchNameServer } from '../../node/run/watch-name-server.ts';
import { k6TelemetryArgs } from '../../node/telemetry/k6-telemetry-args.ts';
import type { PushForwarder } from '../../node/telemetry/push-forwarder.ts';
import { type Receiver, startReceiver } from '../../node/telemetry/receiver.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import type { Cleanups } from './cleanups.ts';
import { k6Arguments } from './k6-arguments.ts';
import type { Progress } from './progress.ts';
import { whyAbort } from './why-abort.ts';

export interface Execution {
  readonly k6: K6Result;
  readonly usage: GeneratorUsage;
  readonly heldBack: HeldBack;
  readonly nameServerFailed: boolean;
  readonly runners: readonly RunnerTelemetry[];
  readonly telemetryFaults: readonly string[];
  /** Why the suite stopped the run, or null. */
  readonly abortReason: string | null;
  readonly exact: RunContext['exact'] | undefined;
}

/** What k6 needs before its first order. */
export interface PreparedLoad {
  readonly plan: LoadPlan;
  readonly bundle: string;
  /** Folder that is removed when the run ends. */
  readonly scratchDir: string;
  /** An empty config file for k6, so the one in the user's home has no effect. */
  readonly configPath: string;
  /** File with the times of a replay, or null. */
  readonly recordedPath: string | null;
  /** File of bodies, or null. */
  readonly bodiesPath: string | null;
  /** Requests per second that k6 must not exceed, for a scenario of the user's own; or null. */
  readonly rpsLimit: number | null;
  /** The run is stopped once it has started more orders than this: a scenario need not declare their number. */
  readonly maxRequests: number;
  /** Tells k6 about certificates and tokens. */
  readonly accessEnv: Readonly<Record<string, string>>;
}

export interface ExecutionInput extends PreparedLoad {
  readonly k6Path: string;
  /** Folder of the run; takes k6's log. */
  readonly dir: string;
  /** `k6.log` unless given. */
  readonly logName?: string;
  readonly env: Env;
  readonly redact: (text: string) => string;
  readonly cpus: number;
  readonly exact: boolean;
  /** The scenario is a file of the user's own, which may send anything. */
  readonly isOwnScenario: boolean;
  readonly abort: boolean;
  /** Also gets what k6 pushes. */
  readonly forward?: PushForwarder['forward'] | undefined;
  /** Sees the telemetry as it comes in. */
  readonly follow?: (plan: LoadPlan, telemetry: Pick<Receiver, 'soFar' | 'live'>) => void;
  /** Called when the first orders have been sent. */
  readonly onLoadBegan?: (() => void) | undefined;
}

/** k6 pushes once a second, and nothing changes in between. */
const POLL_MS = 500;

/** Runs k6 until it ends, is stopped by a signal or the target has collapsed, and returns what was measured. */
export async function executeK6(
  input: ExecutionInput,
  stop: StopSignals,
  progress: Progress,
  cleanups: Cleanups,
): Promise<Execution> {
  const { plan } = input;
  const receiver = await startReceiver({
    windowMs: windowLengthMs({ durationMs: durationSeconds(plan.stages) * 1000 }),
    expectRun: plan.run,
    ...(input.forward && { forward: input.forward }),
  });
  cleanups.add(() => receiver.close());
  input.follow?.(plan, receiver);
  const telemetry = k6TelemetryArgs({ url: receiver.url, run: plan.run, runner: '1' });
  const summaryPath = input.exact ? join(input.scratchDir, 'k6-summary.json') : null;
  const goRuntime = goRuntimeEnvironment(input.env, {
    peakPerSecond: peakOf(plan) * (1 + plan.retryRatio),
    isTls: plan.target.startsWith('https:'),
    cpus: input.cpus,
    http1: plan.http1,
  });
  const k6 = await startK6({
    binary: input.k6Path,
    args: k6Arguments({ ...input, summaryPath, telemetryArgs: telemetry.args }),
    env: k6Environment(input.env, {
      ...goRuntime,
      ...telemetry.env,
      ...planEnvironment(plan, input),
      ...input.accessEnv,
    }),
    logPath: join(input.dir, input.logName ?? 'k6.log'),
    redact: input.redact,
  });
  cleanups.add(async () => {
    k6.signal('SIGKILL');
    await k6.done;
  });
  const watch = watchGenerator(k6.pid, processorsOf(goRuntime.GOMAXPROCS, input.cpus));
  const heldBackWatch = await watchHeldBack(k6.pid);
  const nameServerWatch = watchNameServer(urlsToLookUp(plan, input.env));

  let aborted: string | null = null;
  cleanups.add(stop.onStop((count) => k6.signal(count === 1 ? 'SIGINT' : 'SIGKILL')));
  let loadBegan = false;
  const poll = setInterval(() => {
    const live = receiver.live();
    if (!loadBegan && live.started > 0) {
      loadBegan = true;
      watch.loadBegan();
      input.onLoadBegan?.();
    }
    progress.show(live);
    if (aborted !== null || stop.first() !== null) return;
    aborted = whyAbort(live, receiver.recent(), input);
    if (aborted !== null) k6.signal('SIGINT');
  }, POLL_MS);
  cleanups.add(() => {
    clearInterval(poll);
    watch.stop();
    nameServerWatch.stop();
  });

  const result = await k6.done;
  clearInterval(poll);
  progress.end();
  const usage = watch.stop();
  const heldBack = await heldBackWatch.stop();
  const nameServerFailed = nameServerWatch.stop();
  await receiver.drain();
  const runners = receiver.runners();
  return {
    k6: result,
    usage,
    heldBack,
    nameServerFailed,
    runners,
    // Every runner repeats the receiver's own faults.
    telemetryFaults: [
      ...result.telemetryFaults,
      ...(runners.length === 0 ? receiver.faults() : []),
    ],
    abortReason: aborted,
    exact: summaryPath === null ? undefined : await readExactSummary(summaryPath, plan.scenario),
  };
}

/** URLs whose hosts this machine looks up: a proxy looks up its targets itself. */
function urlsToLookUp(
  { target, targetB }: LoadPlan,
  env: ExecutionInput['env'],
): readonly string[] {
  return [target, ...(targetB ? [targetB] : [])].map((url) => proxyOf(url, env)?.href ?? url);
}

/** The variables that a bundle reads when the suite starts it. */
export function planEnvironment(
  plan: LoadPlan,
  {
    exact,
    recordedPath,
    bodiesPath,
  }: Pick<ExecutionInput, 'exact' | 'recordedPath' | 'bodiesPath'>,
): Record<string, string> {
  return {
    LOAD_PLAN: JSON.stringify(plan),
    LOAD_EXACT: exact ? '1' : '',
    ...(recordedPath !== null && { LOAD_RECORDED: recordedPath }),
    ...(bodiesPath !== null && { LOAD_BODIES: bodiesPath }),
  };
}
