import type { Handler } from '../handlers/http-event.ts';
import type { Bill } from './billing.ts';
import { initPhases } from './cold-start.ts';
import type { PeaksOverTime } from './concurrency-series.ts';
import { cpuMs } from './duration-model.ts';
import type { FunctionSettings } from './function-settings.ts';
import { createInvocationMeter } from './invocation-meter.ts';
import type { InvocationListener } from './invocation-record.ts';
import type { Machine, StartTimer } from './machine.ts';
import { createMemoryUse } from './memory-use.ts';
import { withModelledTime } from './modelled-time.ts';
import type { Environment, PlatformModel, Throttled } from './platform-model.ts';
import { type Kill, KilledError, type RuntimeFaults } from './runtime-faults.ts';

export interface FunctionRuntimeOptions<E, R> {
  readonly name: string;
  readonly model: PlatformModel;
  readonly settings: FunctionSettings;
  readonly machine: Machine;
  /** The function's code outside the handler; called once per environment. */
  readonly init: (environment: Environment) => Handler<E, R>;
  /** Wraps an environment's handler, including its modelled time. */
  readonly decorate?: (handler: Handler<E, R>, environment: Environment) => Handler<E, R>;
  readonly onInvocation?: InvocationListener;
  readonly faults?: RuntimeFaults;
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
  /** The highest Max Memory Used over time, in MB, since the function was created. */
  memoryUsed(): PeaksOverTime;
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
  const { name, model, settings, machine, faults } = options;
  const { duration, timeoutMs } = settings;
  const { nowMs, wait } = machine;
  const handlerOf = createEnvironmentHandlers(options);
  const memory = createMemoryUse(duration.memoryMb, nowMs, faults);
  const { onInvocation } = options;
  const meter = createInvocationMeter({ functionName: name, settings, machine, onInvocation });

  async function run(
    environment: Environment,
    event: E,
    requestId: string,
  ): Promise<Exclude<Invocation<R>, Throttled | TimedOut>> {
    const memoryLimitInMB = String(duration.memoryMb);
    const context = { functionName: name, memoryLimitInMB, awsRequestId: requestId };
    try {
      return { kind: 'answered', result: await handlerOf(environment)(event, context) };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  async function runKilled(
    { when, share }: Kill,
    environment: Environment,
    event: E,
    requestId: string,
  ): Promise<Killed> {
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
      const initMs = placement.kind === 'cold' ? initPhases(environment.initMs).beforeMs : null;
      if (initMs !== null) await wait(initMs);

      const startedMs = nowMs();
      memory.begin(environment);
      const kill = memory.isFull(environment) ? OUT_OF_MEMORY : (faults?.kill() ?? null);
      const running =
        kill === null
          ? run(environment, event, requestId)
          : runKilled(kill, environment, event, requestId);
      const end = await endInTime<Awaited<typeof running>>(running, timeoutMs, machine.startTimer);

      // A timer may fire late, but Lambda ends the call on time.
      const isTimedOut = end.kind === 'timedOut' && timeoutMs !== undefined;
      const durationMs = isTimedOut ? timeoutMs : nowMs() - startedMs;
      if (end.kind === 'killed') faults?.killed();
      const isLost = end.kind === 'timedOut' || end.kind === 'killed';
      model.release(environment, isLost ? 'lost' : 'idle');
      const maxMemoryUsedMb = memory.end(environment);
      const status = STATUS[end.kind];
      meter.finished({ environment, requestId, initMs, durationMs, maxMemoryUsedMb, status });
      return end.kind === 'killed' ? { kind: 'failed', error: new KilledError() } : end;
    },
    bill: meter.bill,
    memoryUsed: memory.overTime,
  };
}

/** Returns the handler of each environment, which is created at the first call. */
function createEnvironmentHandlers<E, R>(
  options: FunctionRuntimeOptions<E, R>,
): (environment: Environment) => Handler<E, R> {
  const { settings, machine, faults, init, decorate } = options;
  const handlers = new WeakMap<Environment, Handler<E, R>>();

  function create(environment: Environment): Handler<E, R> {
    const isOnDemand = environment.initializationType === 'on-demand';
    const timed = withModelledTime(init(environment), {
      firstCall: { ...settings.duration, ...settings.firstCall },
      laterCalls: settings.duration,
      initAgainMs: isOnDemand ? initPhases(environment.initMs).withinMs : 0,
      machine,
      faults,
    });
    return decorate?.(timed, environment) ?? timed;
  }

  return (environment) => {
    const handler = handlers.get(environment) ?? create(environment);
    handlers.set(environment, handler);
    return handler;
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
