import { performance } from 'node:perf_hooks';
import type { OrderApiConfig } from '../config/order-api-config.ts';
import type { InvocationLog } from '../emit/invocation-log.ts';
import type { FaultInjection } from '../faults/fault-injection.ts';
import { type Handler, type HttpHandler, isHttpSuccess } from '../handlers/http-event.ts';
import { type OrderMetricsOptions, withOrderMetrics } from '../handlers/order-metrics.ts';
import { type Account, createAccount, REQUEST_RATE_FACTOR } from '../lambda/account.ts';
import { coldStartPreset } from '../lambda/cold-start.ts';
import {
  createFunctionRuntime,
  type FunctionRuntime,
  type FunctionRuntimeOptions,
} from '../lambda/function-runtime.ts';
import { createLocalFunction, type LocalFunction } from '../lambda/local-function.ts';
import type { StartTimer } from '../lambda/machine.ts';
import { createPlatformModel, type Environment, SCALE_OUT } from '../lambda/platform-model.ts';
import { seededRandom } from '../lambda/random.ts';

export interface FunctionConcurrency {
  /** Null for none. */
  readonly reserved: number | null;
  readonly provisioned: number;
}

/** One account on this machine's clock and timers. Its functions have the memory and times of the config. */
export interface LocalPlatform {
  readonly account: Account;
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

export const ON_DEMAND: FunctionConcurrency = { reserved: null, provisioned: 0 };

/**
 * Creates the platform. Invocations are reported to `log`; without one, handlers run unwrapped. Without `faults`, only
 * the failures of the model happen.
 */
export function createLocalPlatform(
  config: OrderApiConfig,
  log: InvocationLog | null,
  faults: FaultInjection | null = null,
): LocalPlatform {
  const random = seededRandom(config.seed);
  const delay = faults?.storeDelay ?? null;
  const nowMs = () => performance.now();
  const account = createAccount(
    { concurrency: config.accountConcurrency, requestRateFactor: REQUEST_RATE_FACTOR },
    nowMs,
  );
  const preset = coldStartPreset(config.runtime, config.architecture, config.bundle);
  const { workMs, ioMs, memoryMb, firstWorkMs, firstIoMs } = config;
  const firstCall = {
    workMs: firstWorkMs ?? preset.firstCall?.workMs ?? workMs,
    ioMs: firstIoMs ?? preset.firstCall?.ioMs ?? ioMs,
  };

  function optionsOf<E, R>(
    name: string,
    { reserved, provisioned }: FunctionConcurrency,
    init: FunctionRuntimeOptions<E, R>['init'],
  ): FunctionRuntimeOptions<E, R> {
    const model = createPlatformModel(
      {
        accountConcurrency: config.accountConcurrency,
        reservedConcurrency: reserved,
        provisionedConcurrency: provisioned,
        scaleOut: SCALE_OUT,
        idleReclaimMs: config.idleSeconds * 1000,
        initMedianMs: config.initMs ?? preset.initMs,
        initSigma: config.initSigma ?? preset.initSigma,
      },
      { nowMs, random, account, durationFactor: faults?.runtime.durationFactor },
    );
    return {
      name,
      model,
      settings: {
        duration: { workMs, ioMs, memoryMb },
        firstCall,
        timeoutMs: config.timeoutMs,
        architecture: config.architecture,
        provisionedConcurrency: provisioned,
      },
      machine: { nowMs, wait, startTimer, random },
      init,
      ...(log && { onInvocation: log.onInvocation }),
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
    httpFunction(name, concurrency, init, metrics) {
      const handler = counted(init, { isSuccess: isHttpSuccess, ...metrics });
      const lambda = createLocalFunction(optionsOf(name, concurrency, handler));
      if (delay === null) return lambda;
      return { ...lambda, invoke: (event) => delay.run(() => lambda.invoke(event)) };
    },
    eventFunction(name, concurrency, init, isSuccess) {
      const runtime = createFunctionRuntime(
        optionsOf(name, concurrency, counted(init, { isSuccess })),
      );
      if (delay === null) return runtime;
      return { ...runtime, invoke: (event, id) => delay.run(() => runtime.invoke(event, id)) };
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
