import type { Environment, PlatformModel } from '../../order-api/lambda/platform-model.ts';
import type { Random } from '../../order-api/lambda/random.ts';

export interface SimulationOptions {
  /** Creates the model on simulated time. */
  readonly createModel: (nowMs: () => number) => PlatformModel;
  readonly requests: number;
  /** Draws the time until the next request. */
  readonly gapMs: () => number;
  /** Draws the time for which a request occupies its environment, including INIT. */
  readonly serviceMs: (kind: 'cold' | 'warm') => number;
  /** The model's own value: environments count until they are removed. */
  readonly idleReclaimMs?: number;
}

export interface SimulationResult {
  readonly model: PlatformModel;
  readonly requests: number;
  readonly served: number;
  /** Share of all requests. */
  readonly rejectedRatio: number;
  /** Share of the served requests. */
  readonly coldRatio: number;
  readonly elapsedMs: number;
  readonly meanServiceMs: number;
  /** Mean number of busy environments over time. */
  readonly meanBusy: number;
  /** Mean number of on-demand environments, busy or idle, over time. */
  readonly meanEnvironments: number;
}

interface Departure {
  readonly atMs: number;
  readonly environment: Environment;
}

/** Runs the platform model in simulated time, request by request. */
export function simulate(options: SimulationOptions): SimulationResult {
  const { requests, gapMs, serviceMs, idleReclaimMs = Infinity } = options;
  let nowMs = 0;
  const model = options.createModel(() => nowMs);
  // Latest first, so that the next one is at the end.
  const departures: Departure[] = [];
  const lives = new Map<Environment, { readonly bornMs: number; idleSinceMs: number }>();
  let served = 0;
  let cold = 0;
  let serviceTotalMs = 0;

  function departUntil(untilMs: number): void {
    for (let next = departures.at(-1); next !== undefined; next = departures.at(-1)) {
      if (next.atMs > untilMs) return;
      departures.pop();
      nowMs = next.atMs;
      model.release(next.environment);
      const life = lives.get(next.environment);
      if (life !== undefined) life.idleSinceMs = nowMs;
    }
  }

  for (let request = 0; request < requests; request += 1) {
    const arrivalMs = nowMs + gapMs();
    departUntil(arrivalMs);
    nowMs = arrivalMs;
    const placement = model.place();
    if (placement.kind === 'throttled') continue;
    const { environment, kind } = placement;
    served += 1;
    if (kind === 'cold') {
      cold += 1;
      lives.set(environment, { bornMs: nowMs, idleSinceMs: Infinity });
    }
    const life = lives.get(environment);
    if (life !== undefined) life.idleSinceMs = Infinity;
    const service = serviceMs(kind);
    serviceTotalMs += service;
    insert(departures, { atMs: nowMs + service, environment });
  }

  let environmentMs = 0;
  for (const { bornMs, idleSinceMs } of lives.values()) {
    environmentMs += Math.min(nowMs, idleSinceMs + idleReclaimMs) - bornMs;
  }
  return {
    model,
    requests,
    served,
    rejectedRatio: (requests - served) / requests,
    coldRatio: cold / served,
    elapsedMs: nowMs,
    meanServiceMs: serviceTotalMs / served,
    meanBusy: model.counts().busyMs / nowMs,
    meanEnvironments: environmentMs / nowMs,
  };
}

function insert(departures: Departure[], departure: Departure): void {
  let low = 0;
  let high = departures.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((departures[middle]?.atMs ?? 0) > departure.atMs) low = middle + 1;
    else high = middle;
  }
  departures.splice(low, 0, departure);
}

/** Returns a function that draws from the exponential distribution with the given mean. */
export function exponential(random: Random, mean: number): () => number {
  return () => -mean * Math.log(1 - random());
}
