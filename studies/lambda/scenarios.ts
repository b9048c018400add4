import {
  createPlatformModel,
  type PlatformModelConfig,
} from '../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../order-api/lambda/random.ts';
import { exponential, type SimulationResult, simulate } from './simulate.ts';

const UNLIMITED: PlatformModelConfig = {
  accountConcurrency: 1_000_000,
  reservedConcurrency: null,
  idleReclaimMs: Number.MAX_SAFE_INTEGER,
  initMedianMs: 0,
  initSigma: 0,
};

export type ServiceLaw = 'deterministic' | 'exponential' | 'logNormal';

export interface LossSystem {
  /** Erlangs. */
  readonly load: number;
  readonly servers: number;
  readonly law: ServiceLaw;
  readonly requests: number;
  readonly seed: number;
}

/** Simulates Poisson arrivals at a function with reserved concurrency whose environments live forever. */
export function simulateLoss({ load, servers, ...options }: LossSystem): SimulationResult {
  return simulatePoisson({ reservedConcurrency: servers }, load, options);
}

/** Simulates Poisson arrivals at provisioned environments; on-demand ones are removed as soon as they are idle. */
export function simulateSpillover({ load, servers, ...options }: LossSystem): SimulationResult {
  return simulatePoisson({ provisionedConcurrency: servers, idleReclaimMs: 0 }, load, options);
}

function simulatePoisson(
  config: Partial<PlatformModelConfig>,
  load: number,
  { law, requests, seed }: Omit<LossSystem, 'load' | 'servers'>,
): SimulationResult {
  const random = seededRandom(seed);
  const draw = serviceLaw(law, seed + 1);
  return simulate({
    createModel: (nowMs) =>
      createPlatformModel({ ...UNLIMITED, ...config }, { nowMs, random: seededRandom(seed + 2) }),
    requests,
    gapMs: exponential(random, 1 / load),
    serviceMs: draw,
  });
}

/** Returns a function that draws service times with mean 1. */
function serviceLaw(law: ServiceLaw, seed: number): () => number {
  const random = seededRandom(seed);
  switch (law) {
    case 'deterministic':
      return () => 1;
    case 'exponential':
      return exponential(random, 1);
    case 'logNormal': {
      const sigma = 1;
      return () => {
        const radius = Math.sqrt(-2 * Math.log(1 - random()));
        const normal = radius * Math.cos(2 * Math.PI * random());
        return Math.exp(sigma * normal - sigma ** 2 / 2);
      };
    }
  }
}

export interface ColdStartSystem {
  readonly arrivalsPerSecond: number;
  readonly warmMs: number;
  /** Includes INIT. */
  readonly coldMs: number;
  readonly idleReclaimMs: number;
  readonly requests: number;
  readonly seed: number;
}

/** Simulates Poisson arrivals and exponential service times at a function without limits. */
export function simulateColdStarts(system: ColdStartSystem): SimulationResult {
  const { idleReclaimMs, requests, seed } = system;
  const random = seededRandom(seed);
  const warm = exponential(random, system.warmMs);
  const cold = exponential(random, system.coldMs);
  return simulate({
    createModel: (nowMs) =>
      createPlatformModel(
        { ...UNLIMITED, idleReclaimMs },
        { nowMs, random: seededRandom(seed + 1) },
      ),
    requests,
    gapMs: exponential(seededRandom(seed + 2), 1000 / system.arrivalsPerSecond),
    serviceMs: (kind) => (kind === 'cold' ? cold() : warm()),
    idleReclaimMs,
  });
}

/**
 * Simulates `calls` that all come at once and never end, each sent again every 100 ms while it is throttled. Returns
 * how many run after each second.
 */
export function simulateHeldCalls(
  calls: number,
  seconds: number,
  scaleOut: NonNullable<PlatformModelConfig['scaleOut']>,
): readonly number[] {
  let nowMs = 0;
  const model = createPlatformModel(
    { ...UNLIMITED, accountConcurrency: calls, scaleOut },
    { nowMs: () => nowMs, random: seededRandom(1) },
  );
  const perSecond: number[] = [];
  let running = 0;
  for (; nowMs <= seconds * 1000; nowMs += 100) {
    while (running < calls && model.place().kind !== 'throttled') running += 1;
    if (nowMs % 1000 === 0) perSecond.push(running);
  }
  return perSecond;
}
