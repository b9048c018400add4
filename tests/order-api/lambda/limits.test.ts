import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../order-api/lambda/account.ts';
import { createConcurrencySeries } from '../../../order-api/lambda/concurrency-series.ts';
import {
  createPlatformModel,
  type Environment,
  type PlatformModel,
  type PlatformModelConfig,
  SCALE_OUT,
} from '../../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import { createTokenBucket } from '../../../order-api/lambda/token-bucket.ts';
import { createFakeClock } from './fake-clock.ts';

const CONFIG: PlatformModelConfig = {
  accountConcurrency: 1000,
  reservedConcurrency: null,
  idleReclaimMs: 600_000,
  initMedianMs: 142,
  initSigma: 0.13,
};

function createModels(
  account: { concurrency: number; requestRateFactor: number | null },
  ...configs: readonly Partial<PlatformModelConfig>[]
) {
  const clock = createFakeClock();
  const shared = createAccount(account, clock.nowMs);
  const models = configs.map((overrides) =>
    createPlatformModel(
      { ...CONFIG, ...overrides },
      { nowMs: clock.nowMs, random: seededRandom(1), account: shared },
    ),
  );
  return { clock, models: models as [PlatformModel, PlatformModel], account: shared };
}

function occupy(model: PlatformModel): Environment {
  const placement = model.place();
  if (placement.kind === 'throttled') throw new Error(placement.reason);
  return placement.environment;
}

/** Places calls until one is refused. */
function fill(model: PlatformModel, most = 10_000): Environment[] {
  const environments: Environment[] = [];
  while (environments.length < most) {
    const placement = model.place();
    if (placement.kind === 'throttled') break;
    environments.push(placement.environment);
  }
  return environments;
}

describe('an account', () => {
  it('is shared by functions without reserved concurrency', () => {
    const { models } = createModels({ concurrency: 10, requestRateFactor: null }, {}, {});
    const [a, b] = models;
    const [first] = fill(a, 6);
    expect(fill(b)).toHaveLength(4);
    expect(a.place()).toEqual({ kind: 'throttled', reason: 'ConcurrentInvocationLimitExceeded' });
    if (first !== undefined) a.release(first);
    expect(fill(b)).toHaveLength(1);
    expect(b.counts().throttlesByCause).toEqual({ accountConcurrency: 2 });
  });

  it('keeps reserved concurrency for its function, and from the others', () => {
    const { models, account } = createModels(
      { concurrency: 10, requestRateFactor: null },
      { reservedConcurrency: 4 },
      {},
    );
    const [reserved, other] = models;
    expect(fill(other)).toHaveLength(6);
    expect(fill(reserved)).toHaveLength(4);
    expect(reserved.counts().throttlesByCause).toEqual({ reservedConcurrency: 1 });
    expect(account.unclaimedConcurrency()).toBe(6);
  });

  it('keeps provisioned concurrency from the others as well', () => {
    const { models } = createModels(
      { concurrency: 10, requestRateFactor: null },
      { provisionedConcurrency: 3 },
      {},
    );
    const [provisioned, other] = models;
    expect(fill(other)).toHaveLength(7);
    expect(fill(provisioned)).toHaveLength(3);
    expect(provisioned.counts()).toMatchObject({ coldStarts: 0, provisionedInvocations: 3 });
  });

  it('takes ten requests per second and unit of concurrency', () => {
    const { models, clock } = createModels({ concurrency: 10, requestRateFactor: 10 }, {}, {});
    const [a, b] = models;
    const call = (model: PlatformModel) => {
      const placement = model.place();
      if (placement.kind !== 'throttled') model.release(placement.environment);
      return placement;
    };
    for (let request = 0; request < 50; request += 1) {
      expect(call(a).kind).not.toBe('throttled');
      expect(call(b).kind).not.toBe('throttled');
    }
    expect(call(a)).toEqual({
      kind: 'throttled',
      reason: 'FunctionInvocationRateLimitExceeded',
      retryAfterSeconds: 1,
    });
    expect(a.counts().throttlesByCause).toEqual({ requestRate: 1 });
    clock.advance(20);
    expect([call(b).kind, call(a).kind, call(b).kind]).toEqual(['warm', 'warm', 'throttled']);
  });
});

describe('provisioned concurrency', () => {
  const alone = (config: Partial<PlatformModelConfig>) =>
    createModels({ concurrency: 1000, requestRateFactor: null }, config);

  it('is used first, and spills over to environments on demand', () => {
    const { models, clock } = alone({ provisionedConcurrency: 2, idleReclaimMs: 1_000 });
    const [model] = models;
    const kinds = [model.place(), model.place(), model.place()];
    expect(kinds.map(({ kind }) => kind)).toEqual(['warm', 'warm', 'cold']);
    for (const placement of kinds) {
      if (placement.kind !== 'throttled') model.release(placement.environment);
    }
    clock.advance(1_000);
    expect(occupy(model).initializationType).toBe('provisioned-concurrency');
    expect(model.counts()).toMatchObject({
      coldStarts: 1,
      idleEnvironments: 0,
      provisionedInvocations: 3,
      provisionedSpillovers: 1,
    });
  });

  it('is part of reserved concurrency, which caps the spill-over', () => {
    const { models } = alone({ provisionedConcurrency: 2, reservedConcurrency: 3 });
    const [model] = models;
    expect(fill(model).map((environment) => environment.initializationType)).toEqual([
      'provisioned-concurrency',
      'provisioned-concurrency',
      'on-demand',
    ]);
    expect(model.counts().throttlesByCause).toEqual({ reservedConcurrency: 1 });
  });

  it('is replaced when an environment is lost', () => {
    const { models } = alone({ provisionedConcurrency: 1 });
    const [model] = models;
    const lost = occupy(model);
    model.release(lost, 'lost');
    const next = occupy(model);
    expect(next.initializationType).toBe('provisioned-concurrency');
    expect(next.id).not.toBe(lost.id);
  });
});

describe('scale-out', () => {
  const model = () =>
    createModels({ concurrency: 5000, requestRateFactor: null }, { scaleOut: SCALE_OUT });

  it('starts 1,000 environments at once and 100 more per second, and saves no more than that', () => {
    const { models, clock } = model();
    const [function_] = models;
    clock.advance(3_600_000);
    expect(fill(function_)).toHaveLength(1000);
    expect(function_.place()).toEqual({
      kind: 'throttled',
      reason: 'ConcurrentInvocationLimitExceeded',
      retryAfterSeconds: 1,
    });
    clock.advance(1_000);
    expect(fill(function_)).toHaveLength(100);
    expect(function_.counts().throttlesByCause).toEqual({ scaleOutRate: 3 });
  });

  it('does not limit calls to environments that are there', () => {
    const { models } = model();
    const [function_] = models;
    const environments = fill(function_);
    for (const environment of environments) function_.release(environment);
    expect(fill(function_)).toHaveLength(1000);
  });

  it('takes no concurrency for a start that it refuses', () => {
    const { models } = createModels(
      { concurrency: 10, requestRateFactor: null },
      { scaleOut: { capacity: 3, ratePerSecond: 1 } },
      {},
    );
    expect(fill(models[0])).toHaveLength(3);
    for (let attempt = 0; attempt < 20; attempt += 1) models[0].place();
    expect(fill(models[1])).toHaveLength(7);
  });
});

it('starts anew after an environment was lost', () => {
  const { models } = createModels({ concurrency: 10, requestRateFactor: null }, {});
  models[0].release(occupy(models[0]), 'lost');
  expect(models[0].counts()).toMatchObject({ busyEnvironments: 0, idleEnvironments: 0 });
  expect(models[0].place().kind).toBe('cold');
});

describe('createTokenBucket', () => {
  it('gives what comes in, in however small steps', () => {
    const clock = createFakeClock();
    const bucket = createTokenBucket({ capacity: 1, ratePerSecond: 3 }, clock.nowMs);
    expect([bucket.tryTake(), bucket.tryTake()]).toEqual([true, false]);
    expect(bucket.waitMs()).toBeCloseTo(333.3, 0);
    let taken = 0;
    for (let step = 0; step < 100_000; step += 1) {
      clock.advance(0.1);
      if (bucket.tryTake()) taken += 1;
    }
    expect(taken).toBeGreaterThanOrEqual(29);
    expect(taken).toBeLessThanOrEqual(30);
  });
});

describe('createConcurrencySeries', () => {
  it('keeps the peak of every second, and the level of those in which nothing changed', () => {
    const clock = createFakeClock();
    const series = createConcurrencySeries(clock.nowMs);
    series.set(3);
    clock.advance(500);
    series.set(1);
    clock.advance(2_500);
    series.set(0);
    clock.advance(1_000);
    expect(series.read()).toEqual({ bucketSeconds: 1, peaks: [3, 1, 1, 1, 0] });
    expect(series.busyMs()).toBe(3 * 500 + 2_500);
  });

  it('keeps the whole of a long run in coarser buckets', () => {
    const clock = createFakeClock();
    const series = createConcurrencySeries(clock.nowMs, 4);
    for (const busy of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      series.set(busy);
      clock.advance(1_000);
    }
    expect(series.read()).toEqual({ bucketSeconds: 4, peaks: [4, 8, 9] });
  });
});
