import { performance } from 'node:perf_hooks';
import type { OrderApiConfig } from '../config/order-api-config.ts';
import type { InvocationLog } from '../emit/invocation-log.ts';
import type { FaultInjection } from '../faults/fault-injection.ts';
import {
  type Handler,
  type HttpEvent,
  type HttpHandler,
  isHttpSuccess,
} from '../handlers/http-event.ts';
import { type OrderMetricsOptions, withOrderMetrics } from '../handlers/order-metrics.ts';
import { type Account, createAccount, REQUEST_RATE_FACTOR } from '../lambda/account.ts';
import {
  createFunctionRuntime,
  type FunctionRuntime,
  type FunctionRuntimeOptions,
  type Invocation,
} from '../lambda/function-runtime.ts';
import type { InvocationListener, InvocationRecord } from '../lambda/invocation-record.ts';
import { createLocalFunction, type LocalFunction } from '../lambda/local-function.ts';
import type { StartTimer } from '../lambda/machine.ts';
import { createPlatformModel, type Environment, SCALE_OUT } from '../lambda/platform-model.ts';
import { seededRandom } from '../lambda/random.ts';
import { type ChangeableSettings, functionSettings, modelSettings } from './changeable-settings.ts';

export interface FunctionConcurrency {
  /** Null for none. */
  readonly reserved: number | null;
  readonly provisioned: number;
}

/** One account on this machine's clock and timers. Its functions have the memory and times of the config. */
export interface LocalPlatform {
  readonly account: Account;
  /** Its functions, in the order in which they were created. */
  readonly functions: readonly ChangeableFunction[];
  /** A function behind the gateway. */
  httpFunction(
    name: string,
    concurrency: FunctionConcurrency,
    init: (environment: Environment) => HttpHandler,
    metrics?: Pick<OrderMetricsOptions<unknown>, 'onlySuccess'>,
  ): LocalFunction;
  /** A function that is not called by the gateway; `isSuccess` is for its metrics. */
  eventFunction<E, R>(
    name: string,
    concurrency: FunctionConcurrency,
    init: FunctionRuntimeOptions<E, R>['init'],
    isSuccess: (result: R) => boolean,
  ): FunctionRuntime<E, R>;
}

export interface ChangeableFunction {
  readonly name: string;
  settings(): ChangeableSettings;
  /** Other memory or another architecture is a new configuration: the next call is a cold start. */
  change(settings: ChangeableSettings): void;
  /** Calls it past the gateway. */
  invoke(event: unknown, requestId: string): Promise<Invocation<unknown>>;
}

export const ON_DEMAND: FunctionConcurrency = { reserved: null, provisioned: 0 };

/**
 * Creates the platform. Invocations are reported to `log` and `onInvocation`; without a log, handlers run unwrapped.
 * Without `faults`, only the failures of the model happen.
 */
export function createLocalPlatform(
  config: OrderApiConfig,
  log: InvocationLog | null,
  faults: FaultInjection | null = null,
  onInvocation: InvocationListener | null = null,
): LocalPlatform {
  const random = seededRandom(config.seed);
  const delay = faults?.storeDelay ?? null;
  const nowMs = () => performance.now();
  const account = createAccount(
    { concurrency: config.accountConcurrency, requestRateFactor: REQUEST_RATE_FACTOR },
    nowMs,
  );
  const functions: ChangeableFunction[] = [];

  function listener(record: InvocationRecord): void {
    log?.onInvocation(record);
    onInvocation?.(record);
  }

  /** Keeps what may change of a function, and lists it. */
  function listed<F extends Pick<FunctionRuntime<unknown, unknown>, 'name' | 'change'>>(
    lambda: F,
    initial: ChangeableSettings,
    invoke: ChangeableFunction['invoke'],
  ): F {
    let settings = initial;
    functions.push({
      name: lambda.name,
      settings: () => settings,
      change(changed) {
        const isNew =
          changed.memoryMb !== settings.memoryMb || changed.architecture !== settings.architecture;
        settings = changed;
        lambda.change(functionSettings(config, changed), modelSettings(config, changed), isNew);
      },
      invoke,
    });
    return lambda;
  }

  function initialSettings({ reserved, provisioned }: FunctionConcurrency): ChangeableSettings {
    const { memoryMb, architecture } = config;
    return {
      memoryMb,
      architecture,
      reservedConcurrency: reserved,
      provisionedConcurrency: provisioned,
    };
  }

  function optionsOf<E, R>(
    name: string,
    settings: ChangeableSettings,
    init: FunctionRuntimeOptions<E, R>['init'],
  ): FunctionRuntimeOptions<E, R> {
    const model = createPlatformModel(
      {
        ...modelSettings(config, settings),
        accountConcurrency: config.accountConcurrency,
        scaleOut: SCALE_OUT,
        idleReclaimMs: config.idleSeconds * 1000,
      },
      { nowMs, random, account, durationFactor: faults?.runtime.durationFactor },
    );
    return {
      name,
      model,
      settings: functionSettings(config, settings),
      machine: { nowMs, wait, startTimer, random },
      init,
      ...((log ?? onInvocation) !== null && { onInvocation: listener }),
      ...(faults && { faults: faults.runtime }),
    };
  }

  function counted<E, R>(
    init: (environment: Environment) => Handler<E, R>,
    options: Pick<OrderMetricsOptions<R>, 'isSuccess' | 'onlySuccess'>,
  ): (environment: Environment) => Handler<E, R> {
    if (log === null) return init;
    const { metrics } = log;
    return (environment) => withOrderMetrics(init(environment), { ...options, metrics, nowMs });
  }

  return {
    account,
    functions,
    httpFunction(name, concurrency, init, metrics) {
      const handler = counted(init, { isSuccess: isHttpSuccess, ...metrics });
      const settings = initialSettings(concurrency);
      const lambda = createLocalFunction(optionsOf(name, settings, handler));
      const invoke: LocalFunction['invoke'] =
        delay === null ? lambda.invoke : (event, id) => delay.run(() => lambda.invoke(event, id));
      listed(lambda, settings, (event, id) => invoke(event as HttpEvent, id));
      return { ...lambda, invoke };
    },
    eventFunction<E, R>(
      name: string,
      concurrency: FunctionConcurrency,
      init: FunctionRuntimeOptions<E, R>['init'],
      isSuccess: (result: R) => boolean,
    ) {
      const settings = initialSettings(concurrency);
      const runtime = createFunctionRuntime(
        optionsOf(name, settings, counted(init, { isSuccess })),
      );
      const invoke: FunctionRuntime<E, R>['invoke'] =
        delay === null ? runtime.invoke : (event, id) => delay.run(() => runtime.invoke(event, id));
      listed(runtime, settings, (event, id) => invoke(event as E, id));
      return { ...runtime, invoke };
    },
  };
}

export function wait(ms: number): Promise<void> {
  // Timers have a resolution of 1 ms and truncate; rounding keeps the mean right.
  const rounded = Math.round(ms);
  if (rounded === 0) return Promise.resolve();
  // The server keeps the process alive. Once it has stopped, no client waits for these responses.
  return new Promise((done) => setTimeout(done, rounded).unref());
}

export const startTimer: StartTimer = (ms, callback) => {
  const timer = setTimeout(callback, ms).unref();
  return () => clearTimeout(timer);
};
