import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../order-api/lambda/account.ts';
import { LAMBDA_PRICES } from '../../../order-api/lambda/billing.ts';
import { createFunctionRuntime } from '../../../order-api/lambda/function-runtime.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';
import {
  createPlatformModel,
  type Environment,
  type ModelSettings,
  type PlatformModel,
} from '../../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import { createFakeClock } from './fake-clock.ts';

const SETTINGS: ModelSettings = {
  reservedConcurrency: null,
  provisionedConcurrency: 0,
  initMedianMs: 100,
  initSigma: 0,
};

function createModel(changed: Partial<ModelSettings> = {}, accountConcurrency = 1000) {
  const clock = createFakeClock();
  const account = createAccount(
    { concurrency: accountConcurrency, requestRateFactor: null },
    clock.nowMs,
  );
  const create = (settings: Partial<ModelSettings>) =>
    createPlatformModel(
      { ...SETTINGS, ...settings, accountConcurrency, idleReclaimMs: 600_000 },
      { nowMs: clock.nowMs, random: seededRandom(1), account },
    );
  return { clock, account, model: create(changed), create };
}

function occupy(model: PlatformModel): Environment {
  const placement = model.place();
  if (placement.kind === 'throttled') throw new Error(placement.reason);
  return placement.environment;
}

function kindsOf(model: PlatformModel, calls: number): string[] {
  return Array.from({ length: calls }, () => model.place().kind);
}

describe('a new configuration', () => {
  it('takes no call to an environment of the old one, idle or busy', () => {
    const { model } = createModel();
    const [busy, idle] = [occupy(model), occupy(model)];
    model.release(idle);
    model.change(SETTINGS, true);
    expect(model.counts()).toMatchObject({ busyEnvironments: 1, idleEnvironments: 0 });
    model.release(busy);
    expect(model.counts()).toMatchObject({ busyEnvironments: 0, idleEnvironments: 0 });
    const placement = model.place();
    expect(placement.kind).toBe('cold');
    expect([busy, idle]).not.toContain((placement as { environment: Environment }).environment);
  });

  it('draws INIT from the new preset', () => {
    const { model } = createModel();
    model.change({ ...SETTINGS, initMedianMs: 70 }, true);
    expect(occupy(model).initMs).toBeCloseTo(70);
  });

  it('leaves all counts as they are', () => {
    const { model, clock } = createModel({ reservedConcurrency: 2 });
    const first = occupy(model);
    occupy(model);
    model.place();
    clock.advance(1000);
    model.release(first);
    const { idleEnvironments: _, ...before } = model.counts();
    model.change({ ...SETTINGS, reservedConcurrency: 2 }, true);
    const { idleEnvironments: __, ...after } = model.counts();
    expect(after).toEqual(before);
  });

  it('initialises provisioned environments again; busy ones of the old one come on top and go', () => {
    const { model } = createModel({ provisionedConcurrency: 2 });
    const old = [occupy(model), occupy(model)];
    model.change({ ...SETTINGS, provisionedConcurrency: 2 }, true);
    const fresh = [occupy(model), occupy(model)];
    expect(fresh.map(({ initializationType }) => initializationType)).toEqual([
      'provisioned-concurrency',
      'provisioned-concurrency',
    ]);
    for (const environment of old) model.release(environment);
    expect(model.place().kind).toBe('cold');
    for (const environment of fresh) model.release(environment);
    expect(kindsOf(model, 3)).toEqual(['warm', 'warm', 'cold']);
    expect(model.counts()).toMatchObject({ provisionedInvocations: 6, provisionedSpillovers: 2 });
  });
});

describe('new concurrency', () => {
  it('keeps environments warm, and refuses above the new reservation', () => {
    const { model } = createModel();
    const environments = [occupy(model), occupy(model), occupy(model)];
    model.release(environments[0] as Environment);
    model.change({ ...SETTINGS, reservedConcurrency: 2 }, false);
    expect(model.place()).toMatchObject({
      kind: 'throttled',
      reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    model.release(environments[1] as Environment);
    expect(kindsOf(model, 2)).toEqual(['warm', 'throttled']);
    model.change(SETTINGS, false);
    expect(model.place().kind).toBe('warm');
  });

  it('moves the busy environments of the function between its own share and the common one', () => {
    const { model, create, account } = createModel({}, 10);
    const other = create({});
    for (let call = 0; call < 6; call += 1) occupy(model);
    model.change({ ...SETTINGS, reservedConcurrency: 6 }, false);
    expect(account.unclaimedConcurrency()).toBe(4);
    expect(kindsOf(other, 5)).toEqual(['cold', 'cold', 'cold', 'cold', 'throttled']);
    model.change(SETTINGS, false);
    expect(account.unclaimedConcurrency()).toBe(10);
    expect(kindsOf(model, 1)).toEqual(['throttled']);
  });

  it('adds and removes provisioned environments; those that are busy go when they are released', () => {
    const { model } = createModel({ provisionedConcurrency: 1 });
    const busy = occupy(model);
    model.change({ ...SETTINGS, provisionedConcurrency: 2 }, false);
    const second = occupy(model);
    expect(second.initializationType).toBe('provisioned-concurrency');
    model.change({ ...SETTINGS, provisionedConcurrency: 1 }, false);
    model.release(busy);
    expect(occupy(model).initializationType).toBe('on-demand');
    model.release(second);
    expect(occupy(model).initializationType).toBe('provisioned-concurrency');
    expect(occupy(model).initializationType).toBe('on-demand');
  });
});

describe('a function with new settings', () => {
  function createFunction() {
    const clock = createFakeClock();
    const records: InvocationRecord[] = [];
    let finish: (() => void) | null = null;
    const settings = (memoryMb: number, architecture: 'x86' | 'arm') => ({
      duration: { workMs: 100, ioMs: 0, memoryMb },
      architecture,
    });
    const lambda = createFunctionRuntime<string, string>({
      name: 'f',
      model: createPlatformModel(
        { ...SETTINGS, accountConcurrency: 1000, idleReclaimMs: 600_000 },
        { nowMs: clock.nowMs, random: seededRandom(1) },
      ),
      settings: settings(1769, 'x86'),
      machine: clock.machine,
      init: () => (event, context) =>
        event === 'waits'
          ? new Promise((done) => {
              finish = () => done(context.memoryLimitInMB);
            })
          : Promise.resolve(context.memoryLimitInMB),
      onInvocation: (record) => records.push(record),
    });
    const change = (memoryMb: number, architecture: 'x86' | 'arm') =>
      lambda.change(settings(memoryMb, architecture), SETTINGS, true);
    return { lambda, records, change, finish: () => finish?.() };
  }

  it('takes their time, limit and size from the next call on', async () => {
    const { lambda, records, change } = createFunction();
    await lambda.invoke('', 'a');
    change(884.5, 'x86');
    expect(await lambda.invoke('', 'b')).toEqual({ kind: 'answered', result: '884.5' });
    expect(records).toMatchObject([
      { durationMs: 100, memorySizeMb: 1769, initMs: 100 },
      { durationMs: 200, memorySizeMb: 884.5, initMs: 100 },
    ]);
  });

  it('ends a running call with the old ones', async () => {
    const { lambda, records, change, finish } = createFunction();
    const running = lambda.invoke('waits', 'a');
    await Promise.resolve();
    await Promise.resolve();
    change(512, 'arm');
    finish();
    expect(await running).toEqual({ kind: 'answered', result: '1769' });
    expect(records).toMatchObject([{ durationMs: 100, memorySizeMb: 1769 }]);
    expect(lambda.bill().gbSeconds).toBeCloseTo(0.2 * (1769 / 1024));
  });

  it('bills every call at the price of its own environment', async () => {
    const { lambda, change } = createFunction();
    await lambda.invoke('', 'a');
    const first = lambda.bill();
    change(3538, 'arm');
    await lambda.invoke('', 'b');
    const { request, onDemand } = LAMBDA_PRICES;
    const gbSeconds = [0.2 * (1769 / 1024), 0.2 * (3538 / 1024)] as const;
    expect(first).toMatchObject({ billedMs: 200, gbSeconds: expect.closeTo(gbSeconds[0]) });
    const both = lambda.bill();
    expect(both).toMatchObject({
      billedMs: 400,
      gbSeconds: expect.closeTo(gbSeconds[0] + gbSeconds[1]),
    });
    const usd = 2 * request + gbSeconds[0] * onDemand.x86 + gbSeconds[1] * onDemand.arm;
    expect(both.usd).toBeCloseTo(usd, 12);
  });
});
