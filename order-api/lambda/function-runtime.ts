import type { Bill, PricedSettings } from './billing.ts';
import { initPhases } from './cold-start.ts';
import type { PeaksOverTime } from './concurrency-series.ts';
import { cpuMs } from './duration-model.ts';
import type { FunctionSettings } from './function-settings.ts';
import { createInvocationMeter } from './invocation-meter.ts';
import type { InvocationListener } from './invocation-record.ts';
import type { StartTimer } from './machine.ts';
import { createMemoryUse } from './memory-use.ts';
import type { ModelSettings, PlatformModel, Throttled } from './platform-model.ts';
import {
  createRunningEnvironments,
  type EnvironmentOptions,
  type RunningEnvironment,
} from './running-environments.ts';
import { type Kill, KilledError } from './runtime-faults.ts';

export interface FunctionRuntimeOptions<E, R> extends EnvironmentOptions<E, R> {
  readonly name: string;
  readonly model: PlatformModel;
  readonly onInvocation?: InvocationListener;
}

export type Invocation<R> =
  | { readonly kind: 'answered'; readonly result: R }
  | Throttled
  /** The handler threw, or its environment was killed. */
  | { readonly kind: 'failed'; readonly error: unknown }
  | TimedOut;

/** The function's timeout ended the call. */
interface TimedOut {
  readonly kind: 'timedOut';
}

interface Killed {
  readonly kind: 'killed';
}

export interface FunctionRuntime<E, R> {
  readonly name: string;
  readonly model: PlatformModel;
  invoke(event: E, requestId: string): Promise<Invocation<R>>;
  /** Cost of the calls so far. */
  bill(): Bill;
  /** What its price depends on, now. */
  settings(): PricedSettings;
  /** The highest Max Memory Used over time, in MB, since the function was created. */
  memoryUsed(): PeaksOverTime;
  /**
   * Changes the settings of the function and of its model. Calls that run end with the old ones. With
   * `newEnvironments`, the next call is a cold start.
   */
  change(settings: FunctionSettings, model: ModelSettings, newEnvironments: boolean): void;
}

/** Lambda kills a runtime that needs more memory than its function has; here this happens at the end of a call. */
const OUT_OF_MEMORY: Kill = { when: 'beforeHandler', share: 1 };

const STATUS = {
  answered: 'success',
  failed: 'error',
  killed: 'error',
  timedOut: 'timeout',
} as const;

/** Runs a handler on the platform model: every environment has its own instance of the handler. */
export function createFunctionRuntime<E, R>(
  options: FunctionRuntimeOptions<E, R>,
): FunctionRuntime<E, R> {
  const { name, model, machine, faults } = options;
  const { nowMs, wait } = machine;
  const environments = createRunningEnvironments(options);
  const memory = createMemoryUse(nowMs, faults);
  const { onInvocation } = options;
  const meter = createInvocationMeter({
    functionName: name,
    settings: options.settings,
    machine,
    onInvocation,
  });

  async function run(
    { handler, settings }: RunningEnvironment<E, R>,
    event: E,
    requestId: string,
  ): Promise<Exclude<Invocation<R>, Throttled | TimedOut>> {
    const memoryLimitInMB = String(settings.duration.memoryMb);
    const context = { functionName: name, memoryLimitInMB, awsRequestId: requestId };
    try {
      return { kind: 'answered', result: await handler()(event, context) };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  async function runKilled(
    { when, share }: Kill,
    environment: RunningEnvironment<E, R>,
    event: E,
    requestId: string,
  ): Promise<Killed> {
    const { duration } = environment.settings;
    if (when === 'afterHandler') await run(environment, event, requestId);
    else await wait(share * (cpuMs(duration) + duration.ioMs));
    return { kind: 'killed' };
  }

  return {
    name,
    model,
    async invoke(event, requestId) {
      const placement = model.place();
      if (placement.kind === 'throttled') return placement;
      const { environment } = placement;
      const running = environments.get(environment);
      const { settings } = running;
      const { timeoutMs } = settings;
      const { memoryMb } = settings.duration;
      const initMs = placement.kind === 'cold' ? initPhases(environment.initMs).beforeMs : null;
      if (initMs !== null) await wait(initMs);

      const startedMs = nowMs();
      memory.begin(environment);
      const kill = memory.isFull(environment, memoryMb) ? OUT_OF_MEMORY : (faults?.kill() ?? null);
      const call =
        kill === null ? run(running, event, requestId) : runKilled(kill, running, event, requestId);
      const end = await endInTime<Awaited<typeof call>>(call, timeoutMs, machine.startTimer);

      // A timer may fire late, but Lambda ends the call on time.
      const isTimedOut = end.kind === 'timedOut' && timeoutMs !== undefined;
      const durationMs = isTimedOut ? timeoutMs : nowMs() - startedMs;
      if (end.kind === 'killed') faults?.killed();
      const isLost = end.kind === 'timedOut' || end.kind === 'killed';
      model.release(environment, isLost ? 'lost' : 'idle');
      const maxMemoryUsedMb = memory.end(environment, memoryMb);
      const status = STATUS[end.kind];
      meter.finished({
        environment,
        settings,
        requestId,
        initMs,
        durationMs,
        maxMemoryUsedMb,
        status,
      });
      return end.kind === 'killed' ? { kind: 'failed', error: new KilledError() } : end;
    },
    bill: meter.bill,
    settings: meter.settings,
    memoryUsed: memory.overTime,
    change(settings, modelSettings, newEnvironments) {
      environments.change(settings);
      meter.change(settings);
      model.change(modelSettings, newEnvironments);
    },
  };
}

/** Lambda kills the environment at the timeout. Here its handler goes on running, and its result is ignored. */
function endInTime<T>(
  running: Promise<T>,
  timeoutMs: number | undefined,
  startTimer: StartTimer,
): Promise<T | TimedOut> {
  if (timeoutMs === undefined) return running;
  return new Promise((resolve, reject) => {
    const cancel = startTimer(timeoutMs, () => resolve({ kind: 'timedOut' }));
    running.then((value) => {
      cancel();
      resolve(value);
    }, reject);
  });
}
