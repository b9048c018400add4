import type { Environment, PlatformModel } from '../../order-api/lambda/platform-model.ts';
import type { Random } from '../../order-api/lambda/random.ts';

export interface SimulationOptions {
  /** Makes the model on simulated time. */
  readonly createModel: (nowMs: () => number) => PlatformModel;
  readonly requests: number;
  /** Time to the next request. */
  readonly gapMs: () => number;
  /** Time that a request keeps its environment, INIT included. */
  readonly serviceMs: (kind: 'cold' | 'warm') => number;
  /** As the model has it: environments are counted until they are gone. */
  readonly idleReclaimMs?: number;
}

export interface SimulationResult {
  readonly model: PlatformModel;
  readonly requests: number;
  readonly served: number;
  /** Of all requests. */
  readonly rejectedRatio: number;
  /** Of those that were served. */
  readonly coldRatio: number;
  readonly elapsedMs: number;
  readonly meanServiceMs: number;
  /** Busy environments, over time. */
  readonly meanBusy: number;
  /** Environments on demand, busy or idle, over time. */
  readonly meanEnvironments: number;
}

interface Departure {
  readonly atMs: number;
  readonly environment: Environment;
}

/** Drives the platform model through simulated time, request by request. */
export function simulate(options: SimulationOptions): SimulationResult {
  const { requests, gapMs, serviceMs, idleReclaimMs = Infinity } = options;
  let nowMs = 0;
  const model = options.createModel(() => nowMs);
  // Latest first, so that the next one is popped off the end.
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

/** Draws from the exponential distribution of the given mean. */
export function exponential(random: Random, mean: number): () => number {
  return () => -mean * Math.log(1 - random());
}
