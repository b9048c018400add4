import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlatformControl } from '../../lib/core/lambda/platform-control.ts';
import { CONTRACT_ROWS } from '../../lib/core/order/contract-terms.ts';
import { createAwsControl } from '../../lib/node/platform/aws-control.ts';
import { createAwsLens } from '../../lib/node/platform/aws-lens.ts';
import { createUser } from '../aws/create-user.ts';
import { type DeployedStack, deployStack } from '../aws/deploy-stack.ts';
import type { Credentials } from '../aws/signed-fetch.ts';
import {
  type Ministack,
  missingMinistack,
  REGION,
  ROOT_CREDENTIALS,
  startMinistack,
} from '../aws/start-ministack.ts';
import { itKeepsTheControlContract } from '../node/platform/control-contract.ts';
import { outputOf, ROOT, runLoad, temporaryFolder } from './support/run-load.ts';

const MAY_LOAD = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
};

/** For what another process is about to do, on a busy machine. */
const PATIENCE = { timeout: 30_000, interval: 50 };

const missing = missingMinistack();
let ministack: Ministack;
let stack: DeployedStack;
let user: Credentials;

beforeAll(async () => {
  if (missing !== null) return;
  ministack = await startMinistack();
  stack = await deployStack(ministack.url, {});
  user = await createUser(ministack.url, 'loader', MAY_LOAD);
});
afterAll(() => ministack?.stop());

beforeEach((context) => {
  if (missing !== null) context.skip(missing);
  vi.stubEnv('AWS_ACCESS_KEY_ID', ROOT_CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', ROOT_CREDENTIALS.secretAccessKey);
  vi.stubEnv('AWS_ENDPOINT_URL', ministack.url);
  return () => vi.unstubAllEnvs();
});

function load(args: readonly string[], { accessKeyId, secretAccessKey }: Credentials = user) {
  const [scenario = '', ...flags] = args;
  return runLoad([scenario, '--target', stack.target, '--sigv4', REGION, ...flags], {
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  });
}

describe('the stack of the template', () => {
  it('keeps the contract to a user who may call it', async () => {
    const run = await load(['smoke', '--rate', '4', '--duration', '2s']);
    expect(run.stdout).toContain('PASS');
    expect(run.exitCode).toBe(0);
    const { answers } = await run.report();
    const rows = answers.contract?.rows ?? [];
    expect(rows.map(({ row, verdict }) => `${row} ${verdict}`)).toEqual(
      CONTRACT_ROWS.map((row) => `${row} ok`),
    );
  });

  it('refuses a wrong secret, and a user without the right to call it', async () => {
    const wrong = await load(['steady', '--rate', '4', '--duration', '1s'], {
      ...user,
      secretAccessKey: 'wrong',
    });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toContain(
      '403: the signature does not match: check the secret key, the region and service of --sigv4',
    );
    const nobody = await createUser(ministack.url, 'nobody', null);
    const refused = await load(['steady', '--rate', '4', '--duration', '1s'], nobody);
    expect(refused.exitCode).toBe(1);
    expect((await refused.report()).requests.outcomes).toMatchObject({ created: 0, rejected: 4 });
  });

  it('stores orders, directly and by the queue', async () => {
    const steady = await load(['steady', '--rate', '4', '--duration', '2s', '--slo-p95', '4000']);
    expect(steady.exitCode).toBe(0);
    expect((await steady.report()).requests.outcomes.created).toBe(8);
    const batch = await load(['batch', '--rate', '3', '--duration', '3s']);
    expect(batch.exitCode).toBe(0);
    const { answers } = await batch.report();
    expect(answers.lag).toMatchObject({ lost: { value: 0, source: 'measured' } });
  });
});

describe('the lens', () => {
  it('reads the log group that the template gives a function', async () => {
    const name = stack.resources['GetOrder'] as string;
    const control = await createAwsControl({ region: REGION, endpoint: ministack.url });
    const lens = createAwsLens({
      functions: [name],
      region: REGION,
      settle: () => Promise.resolve(),
      nowMs: Date.now,
    });
    await lens.begin();
    for (const _ of [1, 2, 3]) await control.invoke(name, '{}');
    const { functions } = await lens.read();
    expect(functions[0]).toMatchObject({ name, invocations: 3, busyMs: expect.any(Number) });
    await control.close();
  });
});

describe('the control', () => {
  let control: PlatformControl;
  beforeEach(async () => {
    control = await createAwsControl({ region: REGION, endpoint: null });
    return () => control.close();
  });

  itKeepsTheControlContract(() => ({
    control,
    aliasedFunction: `${stack.resources['CreateOrder']}:live`,
    event: '{}',
    mappingId: stack.resources['WriteOrdersQueue'] as string,
    writer: stack.resources['WriteOrders'] as string,
  }));

  it('moves the alias to versions of its own, and deletes them in the end', async () => {
    const name = stack.resources['CreateOrder'] as string;
    const before = await control.readFunction(`${name}:live`);
    expect(before.alias).toEqual({ name: 'live', version: '1', provisionedConcurrency: 0 });
    await control.changeFunction(`${name}:live`, { memoryMb: 512 });
    const { alias } = await control.readFunction(`${name}:live`);
    expect(Number(alias?.version)).toBeGreaterThan(1);
    await control.restoreFunction(`${name}:live`, before);
    const lambda = new LambdaClient({ region: REGION });
    const { Versions } = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: name }),
    );
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
    lambda.destroy();
  });
});

describe('a sweep of memory', () => {
  /** Runs the tune command in a folder to its end. */
  async function tune(
    cwd: string,
    args: readonly string[],
    whileRunning?: (child: ChildProcess) => Promise<void>,
  ) {
    const child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), 'tune', ...args], {
      cwd,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: cwd,
        AWS_ENDPOINT_URL: ministack.url,
        AWS_ACCESS_KEY_ID: ROOT_CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ROOT_CREDENTIALS.secretAccessKey,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [ended] = await Promise.all([outputOf(child), whileRunning?.(child)]);
    return ended;
  }

  it('that is killed is put back by the next command, and one that is stopped by itself', async () => {
    const cwd = await temporaryFolder();
    const name = `${stack.resources['CreateOrder']}:live`;
    const power = ['power', '--lens', 'aws', '--region', REGION, '--function', name, '--yes'];
    const long = [...power, '--memory', '256,512', '--calls', '2000', '--rounds', '2'];
    const control = await createAwsControl({ region: REGION, endpoint: ministack.url });
    const before = await control.readFunction(name);
    const lambda = new LambdaClient({ region: REGION, endpoint: ministack.url });
    const memoryOf = async (qualifier: string) => {
      const of = { FunctionName: stack.resources['CreateOrder'], Qualifier: qualifier };
      return (await lambda.send(new GetFunctionConfigurationCommand(of))).MemorySize;
    };
    const end = (signal: NodeJS.Signals, qualifier: string) => async (child: ChildProcess) => {
      await expect.poll(() => memoryOf(qualifier), PATIENCE).not.toBe(before.memoryMb);
      child.kill(signal);
    };

    // Before the alias points to it, and among the calls.
    await tune(cwd, long, end('SIGKILL', '$LATEST'));
    expect(await memoryOf('$LATEST')).not.toBe(before.memoryMb);
    const second = await tune(cwd, long, end('SIGKILL', 'live'));
    expect(second.stderr).toContain('put back after the sweep');
    expect(await memoryOf('live')).not.toBe(before.memoryMb);
    const restored = await tune(cwd, ['--restore']);
    expect(restored).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`put back after the sweep`),
    });
    expect(await control.readFunction(name)).toEqual(before);

    const stopped = await tune(cwd, long, end('SIGINT', 'live'));
    expect(stopped.exitCode).toBe(130);
    expect(await control.readFunction(name)).toEqual(before);
    expect(await tune(cwd, ['--restore'])).toMatchObject({
      exitCode: 0,
      stderr: 'nothing to put back\n',
    });
    const { Versions } = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: stack.resources['CreateOrder'] }),
    );
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
    lambda.destroy();
    await control.close();
  });

  it('leaves everything as it was at twenty random moments', {
    timeout: 900_000,
  }, async (context) => {
    context.skip(process.env['ORDER_LOAD_SLOW_TESTS'] !== '1', 'slow: twenty sweeps');
    const cwd = await temporaryFolder();
    const name = `${stack.resources['CreateOrder']}:live`;
    const args = ['power', '--lens', 'aws', '--region', REGION, '--function', name, '--yes'];
    const changes = ['--memory', '128,256,1769', '--arch', 'x86,arm', '--provisioned', '2'];
    const size = ['--calls', '4', '--rounds', '3'];
    const control = await createAwsControl({ region: REGION, endpoint: ministack.url });
    const before = await control.readFunction(name);
    for (let moment = 0; moment < 20; moment += 1) {
      const signal = moment % 2 === 0 ? 'SIGKILL' : 'SIGINT';
      const afterMs = Math.random() * 9000;
      await tune(cwd, [...args, ...changes, ...size], async (child) => {
        await delay(afterMs);
        child.kill(signal);
      });
      const { exitCode } = await tune(cwd, ['--restore']);
      const at = `${signal} after ${afterMs} ms`;
      expect({ at, exitCode, state: await control.readFunction(name) }).toEqual({
        at,
        exitCode: 0,
        state: before,
      });
    }
    await control.close();
  });
});
