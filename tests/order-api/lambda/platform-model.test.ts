import { describe, expect, it } from 'vitest';
import {
  createPlatformModel,
  type Environment,
  type PlatformModel,
  type PlatformModelConfig,
} from '../../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import { createFakeClock } from './fake-clock.ts';

const CONFIG: PlatformModelConfig = {
  accountConcurrency: 1000,
  reservedConcurrency: null,
  idleReclaimMs: 600_000,
  initMedianMs: 142,
  initSigma: 0.13,
};

function createModel(overrides: Partial<PlatformModelConfig> = {}, seed = 1) {
  const clock = createFakeClock();
  const model = createPlatformModel(
    { ...CONFIG, ...overrides },
    { nowMs: clock.nowMs, random: seededRandom(seed) },
  );
  return { clock, model };
}

function occupy(model: PlatformModel): Environment {
  const placement = model.place();
  if (placement.kind === 'throttled') throw new Error('throttled');
  return placement.environment;
}

describe('createPlatformModel', () => {
  it('starts an environment for the first request and uses it again for the next', () => {
    const { model } = createModel();
    const first = model.place();
    expect(first.kind).toBe('cold');
    if (first.kind === 'throttled') return;
    model.release(first.environment);
    expect(model.place()).toEqual({ kind: 'warm', environment: first.environment });
    expect(model.counts()).toMatchObject({ invocations: 2, coldStarts: 1, peakConcurrency: 1 });
  });

  it('gives an environment one request at a time', () => {
    const { model } = createModel();
    const environments = Array.from({ length: 20 }, () => occupy(model));
    expect(new Set(environments.map((environment) => environment.id)).size).toBe(20);
    expect(model.counts()).toMatchObject({ coldStarts: 20, peakConcurrency: 20 });
  });

  it('takes the environment that became idle last', () => {
    const { clock, model } = createModel();
    const [a, b, c] = [occupy(model), occupy(model), occupy(model)];
    for (const environment of [b, a, c]) {
      clock.advance(10);
      model.release(environment);
    }
    expect([occupy(model), occupy(model), occupy(model)]).toEqual([c, a, b]);
  });

  it('reclaims an environment that was idle for the whole time, not one that was just short of it', () => {
    const { clock, model } = createModel({ idleReclaimMs: 1_000 });
    const [older, newer] = [occupy(model), occupy(model)];
    model.release(older);
    clock.advance(1);
    model.release(newer);
    clock.advance(999);
    expect(model.counts()).toMatchObject({ idleEnvironments: 1 });
    expect(model.place()).toEqual({ kind: 'warm', environment: newer });
    model.release(newer);
    clock.advance(1_000);
    expect(model.place().kind).toBe('cold');
  });

  it('never reclaims a busy environment', () => {
    const { clock, model } = createModel({ idleReclaimMs: 1_000 });
    const environment = occupy(model);
    clock.advance(60_000);
    expect(model.counts()).toMatchObject({ busyEnvironments: 1 });
    model.release(environment);
    expect(model.place()).toEqual({ kind: 'warm', environment });
  });

  it('throttles beyond reserved concurrency at once, and serves again after a release', () => {
    const { model } = createModel({ reservedConcurrency: 2 });
    const [first] = [occupy(model), occupy(model)];
    const reason = 'ReservedFunctionConcurrentInvocationLimitExceeded';
    expect(model.place()).toEqual({ kind: 'throttled', reason });
    expect(model.place()).toEqual({ kind: 'throttled', reason });
    model.release(first);
    expect(model.place().kind).toBe('warm');
    expect(model.counts()).toMatchObject({
      invocations: 3,
      throttles: { [reason]: 2 },
      peakConcurrency: 2,
    });
  });

  it('throttles beyond the account, with its own reason', () => {
    const { model } = createModel({ accountConcurrency: 1 });
    occupy(model);
    expect(model.place()).toEqual({
      kind: 'throttled',
      reason: 'ConcurrentInvocationLimitExceeded',
    });
  });

  it('is switched off by a reserved concurrency of 0', () => {
    const { model } = createModel({ reservedConcurrency: 0 });
    expect(model.place().kind).toBe('throttled');
    expect(model.counts()).toMatchObject({ invocations: 0, coldStarts: 0 });
  });

  it('draws INIT durations from the log-normal distribution it was given', () => {
    const { model } = createModel({ accountConcurrency: 20_000 });
    const logs = Array.from({ length: 20_000 }, () => Math.log(occupy(model).initMs));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
    expect(Math.exp(mean)).toBeCloseTo(142, 0);
    expect(Math.sqrt(variance)).toBeCloseTo(0.13, 2);
  });

  it('repeats itself with the same seed only', () => {
    const draw = (seed: number) => {
      const { model } = createModel({}, seed);
      return [occupy(model), occupy(model)];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
});
