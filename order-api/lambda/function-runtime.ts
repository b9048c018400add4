import type { Architecture } from '../config/options/function-options.ts';
import type { Kill } from '../faults/fault-model.ts';
import type { LambdaContext } from '../handlers/http-event.ts';
import { type Bill, billedMs, billOf } from './billing.ts';
import { initPhases } from './cold-start.ts';
import { createPeakSeries, type PeaksOverTime } from './concurrency-series.ts';
import { cpuMs, type DurationModel, drawCpuMs, remainingMs } from './duration-model.ts';
import type { InvocationListener, InvocationRecord } from './invocation-record.ts';
import type { Environment, PlatformModel, Throttled } from './platform-model.ts';
import type { Random } from './random.ts';

export type Handler<E, R> = (event: E, context: LambdaContext) => Promise<R>;

export interface FunctionRuntimeOptions<E, R> {
  readonly name: string;
  readonly model: PlatformModel;
  readonly duration: DurationModel;
  /** The first call of an environment, where it takes longer than the others. */
  readonly firstCall?: { readonly workMs: number; readonly ioMs: number } | null;
  /** Draws the pauses of CPU quotas; without it every call takes the mean. */
  readonly random?: Random;
  /** The function's code outside the handler: called once per environment. */
  readonly init: (environment: Environment) => Handler<E, R>;
  /** Wraps an environment's handler together with its modelled time. */
  readonly decorate?: (handler: Handler<E, R>, environment: Environment) => Handler<E, R>;
  /** Monotonic clock. */
  readonly nowMs: () => number;
  /** Epoch ms; `Date.now` unless given. */
  readonly epochMs?: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** The function's timeout, or none. `startTimer` calls back after some ms unless it is cancelled. */
  readonly timeout?: { readonly ms: number; readonly startTimer: StartTimer };
  readonly architecture?: Architecture;
  readonly provisionedConcurrency?: number;
  readonly maxMemoryUsedMb?: number;
  readonly onInvocation?: InvocationListener;
  readonly faults?: RuntimeFaults;
}

/** What goes wrong on demand. */
export interface RuntimeFaults {
  /** What modelled durations are multiplied by. */
  durationFactor(): number;
  /** Memory that an environment has lost so long after its first invocation began, in MB. */
  leakedMb(ageMs: number): number;
  /** Whether and when the environment of an invocation is killed; `killed` is told when it was. */
  kill(): Kill | null;
  killed(): void;
  /** Clock that stands still while the invocation is delayed by a fault; `nowMs` unless given. */
  readonly nowMs?: () => number;
}

/** Gives back what cancels the timer. */
export type StartTimer = (ms: number, callback: () => void) => () => void;

export type Invocation<R> =
  | { readonly kind: 'answered'; readonly result: R }
  | Throttled
  /** The handler threw, or its environment was killed. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The function's timeout ended it. */
  | { readonly kind: 'timedOut' };

export interface FunctionRuntime<E, R> {
  readonly name: string;
  readonly model: PlatformModel;
  invoke(event: E, requestId: string): Promise<Invocation<R>>;
  /** What the calls so far cost. */
  bill(): Bill;
  /** Most memory that REPORT lines told of, in MB, from the function's first moment on. */
  memoryUsed(): PeaksOverTime;
}

/** Memory use is not modelled, but for leaks: a Node function with the SDK and nothing else. */
const MAX_MEMORY_USED_MB = 85;

/** Runs a handler on the platform model: every environment has its own instance of the handler. */
export function createFunctionRuntime<E, R>(
  options: FunctionRuntimeOptions<E, R>,
): FunctionRuntime<E, R> {
  const { name, model, duration, random, nowMs, wait, timeout, faults } = options;
  const workingMs = faults?.nowMs ?? nowMs;
  const {
    decorate = (handler) => handler,
    epochMs = Date.now,
    provisionedConcurrency = 0,
  } = options;
  const handlers = new WeakMap<Environment, Handler<E, R>>();
  const memoryLimitInMB = String(duration.memoryMb);
  const withoutLeakMb = Math.min(duration.memoryMb, options.maxMemoryUsedMb ?? MAX_MEMORY_USED_MB);
  const firstUsedMs = new WeakMap<Environment, number>();
  const memory = createPeakSeries(nowMs);
  const startedMs = nowMs();
  const billed = { onDemandMs: 0, provisionedMs: 0, invocations: 0 };

  function paced(handler: Handler<E, R>, again: number): Handler<E, R> {
    const first = options.firstCall == null ? duration : { ...duration, ...options.firstCall };
    let called = false;
    return async (event, context) => {
      const call = called ? duration : first;
      const initAgainMs = called ? 0 : again;
      called = true;
      const beganMs = workingMs();
      const result = await handler(event, context);
      const cpu = random === undefined ? cpuMs(call) : drawCpuMs(call, random);
      const elapsedMs = workingMs() - beganMs;
      if (faults === undefined) await wait(initAgainMs + remainingMs(call, elapsedMs, cpu));
      else {
        const factor = faults.durationFactor();
        const slowed = { ...call, ioMs: call.ioMs * factor };
        await wait(initAgainMs + remainingMs(slowed, elapsedMs, cpu * factor));
      }
      return result;
    };
  }

  function handlerOf(environment: Environment): Handler<E, R> {
    let handler = handlers.get(environment);
    if (handler === undefined) {
      const { withinMs } = initPhases(environment.initMs);
      const again = environment.initializationType === 'on-demand' ? withinMs : 0;
      handler = decorate(paced(options.init(environment), again), environment);
      handlers.set(environment, handler);
    }
    return handler;
  }

  function leakedMb(environment: Environment): number {
    if (faults === undefined) return 0;
    return faults.leakedMb(nowMs() - (firstUsedMs.get(environment) ?? nowMs()));
  }

  /** Lambda kills a runtime that needs more memory than its function has. */
  function killOf(environment: Environment): Kill | null {
    const leaked = leakedMb(environment);
    const isFull = leaked > 0 && withoutLeakMb + leaked >= duration.memoryMb;
    return isFull ? { when: 'beforeHandler', share: 1 } : (faults?.kill() ?? null);
  }

  function finish(
    environment: Environment,
    requestId: string,
    initMs: number | null,
    durationMs: number,
    status: InvocationRecord['status'],
  ): void {
    const billedTime = billedMs(durationMs, initMs);
    billed.invocations += 1;
    const maxMemoryUsedMb = Math.round(
      Math.min(duration.memoryMb, withoutLeakMb + leakedMb(environment)),
    );
    memory.add(maxMemoryUsedMb);
    const { initializationType } = environment;
    billed[initializationType === 'on-demand' ? 'onDemandMs' : 'provisionedMs'] += billedTime;
    options.onInvocation?.({
      functionName: name,
      requestId,
      environmentId: environment.id,
      initializationType,
      endedAtMs: epochMs(),
      durationMs,
      billedMs: billedTime,
      initMs,
      memorySizeMb: duration.memoryMb,
      maxMemoryUsedMb,
      status,
    });
  }

  async function run(
    environment: Environment,
    event: E,
    requestId: string,
  ): Promise<Exclude<Invocation<R>, Throttled>> {
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
  ): Promise<{ readonly kind: 'killed' }> {
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
      let initMs: number | null = null;
      if (placement.kind === 'cold') {
        initMs = initPhases(environment.initMs).beforeMs;
        await wait(initMs);
      }
      const beganMs = nowMs();
      if (!firstUsedMs.has(environment)) firstUsedMs.set(environment, beganMs);
      const kill = killOf(environment);
      const running: Promise<Exclude<Invocation<R>, Throttled> | { readonly kind: 'killed' }> =
        kill === null
          ? run(environment, event, requestId)
          : runKilled(kill, environment, event, requestId);
      const outcome = await (timeout === undefined ? running : inTime(running, timeout));
      const isLost = outcome.kind === 'timedOut' || outcome.kind === 'killed';
      if (outcome.kind === 'killed') faults?.killed();
      const invocation =
        outcome.kind === 'killed' ? ({ kind: 'failed', error: new Killed() } as const) : outcome;
      // A timer may fire late; Lambda ends the call on time.
      const durationMs =
        invocation.kind === 'timedOut' && timeout !== undefined ? timeout.ms : nowMs() - beganMs;
      model.release(environment, isLost ? 'lost' : 'idle');
      finish(environment, requestId, initMs, durationMs, STATUS[invocation.kind]);
      return invocation;
    },
    bill() {
      const { memoryMb } = duration;
      const provisionedHeldMs = provisionedConcurrency * (nowMs() - startedMs);
      return billOf({
        ...billed,
        provisionedHeldMs,
        memoryMb,
        architecture: options.architecture ?? 'x86',
      });
    },
    memoryUsed: memory.read,
  };
}

/** As Lambda reports a runtime that has gone. */
class Killed extends Error {
  constructor() {
    super('Runtime exited with error: signal: killed');
  }
}

const STATUS = { answered: 'success', failed: 'error', timedOut: 'timeout' } as const;

/** Lambda kills the environment at the timeout; here its handler runs on, and nobody hears of it. */
function inTime<T>(
  running: Promise<T>,
  { ms, startTimer }: { readonly ms: number; readonly startTimer: StartTimer },
): Promise<T | { readonly kind: 'timedOut' }> {
  return new Promise((resolve, reject) => {
    const cancel = startTimer(ms, () => resolve({ kind: 'timedOut' }));
    running.then((value) => {
      cancel();
      resolve(value);
    }, reject);
  });
}
