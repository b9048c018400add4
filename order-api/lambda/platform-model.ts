import { type Account, type ConcurrencyPool, createAccount } from './account.ts';
import {
  type ConcurrencyOverTime,
  createConcurrencySeries,
  createEventSeries,
  type EventsOverTime,
} from './concurrency-series.ts';
import { drawHex, drawLogNormal, type Random } from './random.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface PlatformModelConfig {
  /** Environments of the account that may be busy at once, if no account is given. */
  readonly accountConcurrency: number;
  /** Reserved concurrency of the function (0 switches it off), or null for none. */
  readonly reservedConcurrency: number | null;
  /** Environments that are kept initialised; requests beyond them go to on-demand environments. */
  readonly provisionedConcurrency?: number;
  /** How many environments may be started at once, and how many more per second; null for no limit. */
  readonly scaleOut?: { readonly capacity: number; readonly ratePerSecond: number } | null;
  /** An environment that was idle for this long is removed. */
  readonly idleReclaimMs: number;
  /** Median of the INIT phase. */
  readonly initMedianMs: number;
  /** Standard deviation of the logarithm of INIT durations. */
  readonly initSigma: number;
}

/**
 * Lambda adds "1,000 execution environment instances every 10 seconds" per function, here continuously. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
 */
export const SCALE_OUT = { capacity: 1000, ratePerSecond: 100 };

export interface PlatformModelDependencies {
  /** Monotonic clock. */
  readonly nowMs: () => number;
  readonly random: Random;
  /** Factor of INIT durations; 1 by default. */
  readonly durationFactor?: (() => number) | undefined;
  /** Shared by the functions of an account. Without it, the function has its own, without a request quota. */
  readonly account?: Account;
}

/** One execution environment. It serves one request at a time. */
export interface Environment {
  readonly id: string;
  readonly initMs: number;
  readonly initializationType: 'on-demand' | 'provisioned-concurrency';
}

/** Lambda's own names: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded';

/** The limit that was reached. Lambda's reason does not distinguish the scale-out rate from concurrency. */
export type ThrottleCause =
  | 'accountConcurrency'
  | 'reservedConcurrency'
  | 'scaleOutRate'
  | 'requestRate';

export interface Throttled {
  readonly kind: 'throttled';
  readonly reason: ThrottleReason;
  /** Whole seconds until a rate limit has room again; unknown for concurrency. */
  readonly retryAfterSeconds?: number;
}

export type Placement =
  /** A new environment: the request waits `environment.initMs` for it. */
  | { readonly kind: 'cold'; readonly environment: Environment }
  | { readonly kind: 'warm'; readonly environment: Environment }
  | Throttled;

/** What the model counted since it was created. */
export interface PlatformCounts {
  readonly invocations: number;
  readonly coldStarts: number;
  readonly throttles: Readonly<Partial<Record<ThrottleReason, number>>>;
  readonly throttlesByCause: Readonly<Partial<Record<ThrottleCause, number>>>;
  /** Most environments in INIT or BUSY at once. */
  readonly peakConcurrency: number;
  readonly busyEnvironments: number;
  /** Without provisioned environments. */
  readonly idleEnvironments: number;
  /** Invocations in provisioned environments. */
  readonly provisionedInvocations: number;
  /** Invocations on demand while the function has provisioned environments. */
  readonly provisionedSpillovers: number;
  /** Environments × ms in INIT or BUSY: divided by the time, the mean concurrency. */
  readonly busyMs: number;
  readonly concurrency: ConcurrencyOverTime;
  readonly coldStartsOverTime: EventsOverTime;
  readonly throttlesOverTime: EventsOverTime;
  /** Time since the model was created; its series begin then. */
  readonly ageMs: number;
}

/** Settings of a function that may change while it runs. */
export interface ModelSettings
  extends Pick<PlatformModelConfig, 'reservedConcurrency' | 'initMedianMs' | 'initSigma'> {
  readonly provisionedConcurrency: number;
}

export interface PlatformModel {
  /** Places one request immediately: there is no queue in front of a synchronous call. */
  place(): Placement;
  /** The environment has responded and is idle from now on, or is `lost`. */
  release(environment: Environment, fate?: 'idle' | 'lost'): void;
  counts(): PlatformCounts;
  /**
   * Changes the settings as Lambda does; the counts go on. With `newEnvironments`, which a new configuration takes,
   * environments of the old one get no more calls: the idle ones are gone, the busy ones go when they are released, and
   * the provisioned ones are initialised again.
   */
  change(settings: ModelSettings, newEnvironments: boolean): void;
}

/**
 * Lambda's scheduler for one function. Environments go INIT → BUSY → IDLE → removed. A request goes to a provisioned
 * environment, else to the environment that became idle last, else to a new one; else it is throttled.
 */
export function createPlatformModel(
  config: PlatformModelConfig,
  dependencies: PlatformModelDependencies,
): PlatformModel {
  const { nowMs, random, durationFactor } = dependencies;
  const account =
    dependencies.account ??
    createAccount({ concurrency: config.accountConcurrency, requestRateFactor: null }, nowMs);
  let settings: ModelSettings = { provisionedConcurrency: 0, ...config };
  const pool = account.claim(settings.reservedConcurrency, settings.provisionedConcurrency);
  const { scaleOut = null } = config;
  const starts = scaleOut === null ? null : createTokenBucket(scaleOut, nowMs);
  const throttles: Partial<Record<ThrottleReason, number>> = {};
  const throttlesByCause: Partial<Record<ThrottleCause, number>> = {};
  const createdMs = nowMs();
  const series = createConcurrencySeries(nowMs);
  const coldSeries = createEventSeries(nowMs);
  const throttleSeries = createEventSeries(nowMs);
  // Sorted by the time they became idle: reused from the end, reclaimed from the start.
  let idle: { readonly environment: Environment; readonly sinceMs: number }[] = [];
  let provisionedIdle: Environment[] = [];
  /** Environments of the current configuration; the others get no more calls. */
  let current = new WeakSet<Environment>();
  let provisionedBusy = 0;
  let busy = 0;
  let invocations = 0;
  let coldStarts = 0;
  let provisionedInvocations = 0;
  let provisionedSpillovers = 0;
  let peakConcurrency = 0;

  function createEnvironment(initializationType: Environment['initializationType']): Environment {
    const drawnMs = drawLogNormal(random, settings.initMedianMs, settings.initSigma);
    const initMs = durationFactor === undefined ? drawnMs : drawnMs * durationFactor();
    const environment = { id: drawHex(random, 32), initMs, initializationType };
    current.add(environment);
    return environment;
  }

  /** Makes as many provisioned environments as the settings say; those beyond them go, when they are not busy. */
  function provision(): void {
    const wanted = Math.max(0, settings.provisionedConcurrency - provisionedBusy);
    provisionedIdle.splice(wanted);
    while (provisionedIdle.length < wanted) {
      provisionedIdle.push(createEnvironment('provisioned-concurrency'));
    }
  }

  function reclaim(): void {
    const deadlineMs = nowMs() - config.idleReclaimMs;
    const firstKept = idle.findIndex((entry) => entry.sinceMs > deadlineMs);
    if (firstKept !== 0) idle.splice(0, firstKept === -1 ? idle.length : firstKept);
  }

  function occupy(): void {
    invocations += 1;
    busy += 1;
    series.set(busy);
    peakConcurrency = Math.max(peakConcurrency, busy);
  }

  function occupyOnDemand(): void {
    occupy();
    if (settings.provisionedConcurrency > 0) provisionedSpillovers += 1;
  }

  function throttle(cause: ThrottleCause, reason: ThrottleReason, waitMs?: number): Throttled {
    throttles[reason] = (throttles[reason] ?? 0) + 1;
    throttlesByCause[cause] = (throttlesByCause[cause] ?? 0) + 1;
    throttleSeries.add();
    if (waitMs === undefined) return { kind: 'throttled', reason };
    return { kind: 'throttled', reason, retryAfterSeconds: Math.ceil(waitMs / 1000) };
  }

  provision();

  return {
    place() {
      if (!account.tryTakeRequest()) {
        const waitMs = account.requestWaitMs();
        return throttle('requestRate', 'FunctionInvocationRateLimitExceeded', waitMs);
      }
      const provisioned = provisionedIdle.pop();
      if (provisioned !== undefined) {
        provisionedInvocations += 1;
        provisionedBusy += 1;
        occupy();
        return { kind: 'warm', environment: provisioned };
      }
      if (!pool.tryTake()) return throttle(...concurrencyLimit(pool));
      reclaim();
      const newest = idle.pop();
      if (newest !== undefined) {
        occupyOnDemand();
        return { kind: 'warm', environment: newest.environment };
      }
      if (starts !== null && !starts.tryTake()) {
        pool.giveBack();
        return throttle('scaleOutRate', 'ConcurrentInvocationLimitExceeded', starts.waitMs());
      }
      occupyOnDemand();
      coldStarts += 1;
      coldSeries.add();
      return { kind: 'cold', environment: createEnvironment('on-demand') };
    },
    release(environment, fate = 'idle') {
      busy -= 1;
      series.set(busy);
      const isCurrent = current.has(environment);
      if (environment.initializationType === 'provisioned-concurrency') {
        if (!isCurrent) return;
        provisionedBusy -= 1;
        if (fate === 'idle') provisionedIdle.push(environment);
        provision();
        return;
      }
      pool.giveBack();
      if (fate === 'idle' && isCurrent) idle.push({ environment, sinceMs: nowMs() });
    },
    counts() {
      reclaim();
      return {
        invocations,
        coldStarts,
        throttles: { ...throttles },
        throttlesByCause: { ...throttlesByCause },
        peakConcurrency,
        busyEnvironments: busy,
        idleEnvironments: idle.length,
        provisionedInvocations,
        provisionedSpillovers,
        busyMs: series.busyMs(),
        concurrency: series.read(),
        coldStartsOverTime: coldSeries.read(),
        throttlesOverTime: throttleSeries.read(),
        ageMs: nowMs() - createdMs,
      };
    },
    change(changed, newEnvironments) {
      settings = changed;
      pool.claim(settings.reservedConcurrency, settings.provisionedConcurrency);
      if (newEnvironments) {
        current = new WeakSet();
        idle = [];
        provisionedIdle = [];
        provisionedBusy = 0;
      }
      provision();
    },
  };
}

function concurrencyLimit(pool: ConcurrencyPool): [ThrottleCause, ThrottleReason] {
  return pool.reserved()
    ? ['reservedConcurrency', 'ReservedFunctionConcurrentInvocationLimitExceeded']
    : ['accountConcurrency', 'ConcurrentInvocationLimitExceeded'];
}
