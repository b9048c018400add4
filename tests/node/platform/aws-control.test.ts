import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAwsControl } from '../../../lib/node/platform/aws-control.ts';
import { type LambdaAnswers, startLambdaServer } from './lambda-server.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  return () => vi.unstubAllEnvs();
});

/** A control of a Lambda with these answers, and what it was asked for. Nothing waits. */
async function controlOf(answers: LambdaAnswers) {
  const server = await startLambdaServer(answers);
  const control = await createAwsControl({
    region: 'eu-west-1',
    endpoint: server.url,
    pause: () => Promise.resolve(),
  });
  onTestFinished(() => control.close());
  return { control, ...server };
}

const SETTINGS = {
  MemorySize: 512,
  Timeout: 3,
  Architectures: ['x86_64'],
  CodeSha256: 'sum',
  State: 'Active',
  LastUpdateStatus: 'Successful',
};
const live = (version: string, more: object = {}) => ({
  'GetFunctionConfiguration live': [{ body: { ...SETTINGS, Version: version, ...more } }] as const,
  GetAlias: [{ body: { FunctionVersion: version } }] as const,
});

describe('a function', () => {
  it('waits for an update of others, and for its own', async () => {
    const conflict = { status: 409, error: 'ResourceConflictException' } as const;
    const { control, calls } = await controlOf({
      GetFunctionConfiguration: [
        { body: SETTINGS },
        { body: SETTINGS },
        { body: { ...SETTINGS, LastUpdateStatus: 'InProgress' } },
        { body: { ...SETTINGS, MemorySize: 1024 } },
      ],
      UpdateFunctionConfiguration: [conflict, conflict, {}],
    });
    await control.changeFunction('orders', { memoryMb: 1024 });
    expect(calls).toEqual([
      'GetFunctionConfiguration',
      'GetFunctionConfiguration',
      'UpdateFunctionConfiguration {"MemorySize":1024}',
      'UpdateFunctionConfiguration {"MemorySize":1024}',
      'UpdateFunctionConfiguration {"MemorySize":1024}',
      'GetFunctionConfiguration',
      'GetFunctionConfiguration',
    ]);
  });

  it('is refused with the reason of AWS if its update fails', async () => {
    const failed = { LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'The role is gone.' };
    const { control } = await controlOf({
      GetFunctionConfiguration: [
        { body: SETTINGS },
        { body: SETTINGS },
        { body: { ...SETTINGS, ...failed } },
      ],
    });
    await expect(control.changeFunction('orders', { memoryMb: 1024 })).rejects.toMatchObject({
      code: 'E_PLATFORM_REFUSED',
      message: 'function orders: its update failed: The role is gone.',
    });
  });

  it.each([127, 10_241, 256.5])('is refused with %f MB before AWS is asked', async (memoryMb) => {
    const { control, changes } = await controlOf({
      GetFunctionConfiguration: [{ body: SETTINGS }],
    });
    await expect(control.changeFunction('orders', { memoryMb })).rejects.toMatchObject({
      code: 'E_PLATFORM_REFUSED',
    });
    expect(changes).toEqual([]);
  });

  it('is not touched if it has what is asked for', async () => {
    const { control, changes } = await controlOf({
      GetFunctionConfiguration: [{ body: SETTINGS }],
      GetFunctionConcurrency: [{ body: { ReservedConcurrentExecutions: 5 } }],
      ...live('7'),
    });
    await control.changeFunction('orders:live', {
      memoryMb: 512,
      architecture: 'x86',
      reservedConcurrency: 5,
      provisionedConcurrency: 0,
    });
    expect(changes).toEqual([]);
  });

  it('says which permission lacks', async () => {
    const { control } = await controlOf({
      GetFunctionConfiguration: [{ body: SETTINGS }],
      GetFunctionConcurrency: [
        {
          status: 403,
          error: 'AccessDeniedException',
          body: {
            message:
              'User: arn:aws:iam::1:user/u is not authorized to perform: lambda:GetFunctionConcurrency on resource: x',
          },
        },
      ],
    });
    await expect(control.readFunction('orders')).rejects.toMatchObject({
      code: 'E_PLATFORM_DENIED',
      exitCode: 4,
      message:
        'AWS refuses access to function orders in eu-west-1: the credentials lack lambda:GetFunctionConcurrency',
    });
  });
});

describe('a function with an alias', () => {
  it('gets a version of the same code, and the alias follows', async () => {
    const { control, changes } = await controlOf({
      ...live('7'),
      GetFunctionConfiguration: [{ body: SETTINGS }],
      PublishVersion: [{ status: 201, body: { Version: '8' } }],
    });
    await control.changeFunction('orders:live', { memoryMb: 1024 });
    expect(changes).toEqual([
      'UpdateFunctionConfiguration {"MemorySize":1024}',
      'PublishVersion {"CodeSha256":"sum","Description":"order-load tune: 1024 MB, x86"}',
      'UpdateAlias {"FunctionVersion":"8"}',
    ]);
  });

  it('of $LATEST needs no version', async () => {
    const { control, changes } = await controlOf({
      ...live('$LATEST'),
      GetFunctionConfiguration: [{ body: SETTINGS }],
    });
    await control.changeFunction('orders:live', { memoryMb: 1024 });
    expect(changes).toEqual(['UpdateFunctionConfiguration {"MemorySize":1024}']);
  });

  it('is refused if a change would put other code or settings live', async () => {
    const { control } = await controlOf({
      ...live('7', { CodeSha256: 'older', Timeout: 10 }),
      GetFunctionConfiguration: [{ body: SETTINGS }],
    });
    await expect(control.readFunction('orders:live')).rejects.toMatchObject({
      code: 'E_PLATFORM_REFUSED',
      message: expect.stringMatching(
        /^function orders:live: \$LATEST differs from version 7 .*\(CodeSha256, Timeout\)/,
      ),
    });
  });

  it('is refused if the alias splits its calls', async () => {
    const { control } = await controlOf({
      ...live('7'),
      GetFunctionConfiguration: [{ body: SETTINGS }],
      GetAlias: [
        {
          body: { FunctionVersion: '7', RoutingConfig: { AdditionalVersionWeights: { '6': 0.1 } } },
        },
      ],
    });
    await expect(control.readFunction('orders:live')).rejects.toThrow('splits the calls');
  });

  it('waits until its provisioned environments are ready, which may never be more than are reserved', async () => {
    const answers = {
      ...live('7'),
      GetFunctionConfiguration: [{ body: SETTINGS }],
      GetFunctionConcurrency: [{ body: { ReservedConcurrentExecutions: 5 } }],
      GetProvisionedConcurrencyConfig: [
        { body: { RequestedProvisionedConcurrentExecutions: 5, Status: 'READY' } },
        { body: { RequestedProvisionedConcurrentExecutions: 9, Status: 'IN_PROGRESS' } },
        { body: { RequestedProvisionedConcurrentExecutions: 9, Status: 'READY' } },
      ],
    } as const;
    const more = await controlOf(answers);
    await more.control.changeFunction('orders:live', {
      reservedConcurrency: 9,
      provisionedConcurrency: 9,
    });
    expect(more.changes).toEqual([
      'PutFunctionConcurrency {"ReservedConcurrentExecutions":9}',
      'PutProvisionedConcurrencyConfig live {"ProvisionedConcurrentExecutions":9}',
    ]);
    expect(more.calls.filter((call) => call.startsWith('GetProvisioned')).length).toBe(3);
    const less = await controlOf(answers);
    await less.control.changeFunction('orders:live', {
      reservedConcurrency: 1,
      provisionedConcurrency: 1,
    });
    expect(less.changes).toEqual([
      'PutProvisionedConcurrencyConfig live {"ProvisionedConcurrentExecutions":1}',
      'PutFunctionConcurrency {"ReservedConcurrentExecutions":1}',
    ]);
  });

  it('is refused if AWS cannot provide its environments, or it has no alias', async () => {
    const { control } = await controlOf({
      ...live('7'),
      GetFunctionConfiguration: [{ body: SETTINGS }],
      GetProvisionedConcurrencyConfig: [
        { body: { RequestedProvisionedConcurrentExecutions: 1, Status: 'READY' } },
        { body: { Status: 'FAILED', StatusReason: 'INIT failed' } },
      ],
    });
    const change = { provisionedConcurrency: 2 };
    await expect(control.changeFunction('orders:live', change)).rejects.toThrow('INIT failed');
    await expect(control.changeFunction('orders', change)).rejects.toThrow('needs an alias');
  });

  it('is put back, and only versions that were published for a sweep are deleted', async () => {
    const version = (Version: string, Description: string) => ({ Version, Description });
    const { control, changes } = await controlOf({
      GetFunctionConfiguration: [{ body: { ...SETTINGS, MemorySize: 1024 } }, { body: SETTINGS }],
      GetAlias: [{ body: { FunctionVersion: '9' } }],
      ListVersionsByFunction: [
        {
          body: {
            Versions: [version('$LATEST', 'order-load tune: copied'), version('7', 'by hand')],
            NextMarker: '7',
          },
        },
        {
          body: {
            Versions: [
              version('8', 'order-load tune: 256 MB, x86'),
              version('9', 'order-load tune: 1024 MB, x86'),
            ],
          },
        },
      ],
      DeleteFunction: [
        { status: 409, error: 'ResourceConflictException' },
        { status: 204, body: '' },
      ],
    });
    await control.restoreFunction('orders:live', {
      memoryMb: 512,
      architecture: 'x86',
      timeoutMs: 3000,
      reservedConcurrency: null,
      alias: { name: 'live', version: '7', provisionedConcurrency: 0 },
    });
    expect(changes).toEqual([
      'UpdateFunctionConfiguration {"MemorySize":512}',
      'UpdateAlias {"FunctionVersion":"7"}',
      // Another alias points to 8.
      'DeleteFunction 8',
      'DeleteFunction 9',
    ]);
  });
});

describe('an architecture', () => {
  it.each([
    ['its code is a container image', { PackageType: 'Image' }],
    ['its package is larger than 50 MB', { CodeSize: 60 * 1024 * 1024 }],
  ])('is left as it is, because %s', async (why, more) => {
    const { control, changes } = await controlOf({
      GetFunctionConfiguration: [{ body: { ...SETTINGS, ...more } }],
    });
    await expect(control.changeFunction('orders', { architecture: 'arm' })).rejects.toMatchObject({
      code: 'E_PLATFORM_REFUSED',
      message: expect.stringContaining(`cannot be changed here, because ${why};`),
    });
    expect(changes).toEqual([]);
  });
});

describe('a mapping', () => {
  const MAPPING = { State: 'Enabled', BatchSize: 10, MaximumBatchingWindowInSeconds: 0 };

  it('changes from a maximum concurrency to provisioned pollers, and back', async () => {
    const before = { batchSize: 10, windowSeconds: 0, maximumConcurrency: 5, pollers: null };
    const pollers = { minimum: 2, maximum: 50 };
    const provisioned = { ...before, maximumConcurrency: null, pollers };
    const { control, changes, calls } = await controlOf({
      GetEventSourceMapping: [
        { body: { ...MAPPING, ScalingConfig: { MaximumConcurrency: 5 } } },
        { body: { ...MAPPING, State: 'Updating' } },
        {
          body: {
            ...MAPPING,
            ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 50 },
          },
        },
      ],
    });
    await control.changeMapping('m', { maximumConcurrency: null, pollers });
    expect(calls.at(-1)).toBe('GetEventSourceMapping');
    expect(calls.length).toBe(4);
    expect(await control.readMapping('m')).toEqual(provisioned);
    await control.changeMapping('m', before);
    expect(changes).toEqual([
      'UpdateEventSourceMapping {"ScalingConfig":{},"ProvisionedPollerConfig":{"MinimumPollers":2,"MaximumPollers":50}}',
      'UpdateEventSourceMapping {"ScalingConfig":{"MaximumConcurrency":5},"ProvisionedPollerConfig":{}}',
    ]);
  });

  it.each([
    ['a large batch without a window', { batchSize: 11 }],
    ['both ways to scale', { maximumConcurrency: 2, pollers: { minimum: 2, maximum: 3 } }],
  ])('is refused with %s, before AWS is asked', async (_, change) => {
    const { control, changes } = await controlOf({ GetEventSourceMapping: [{ body: MAPPING }] });
    await expect(control.changeMapping('m', change)).rejects.toMatchObject({
      code: 'E_PLATFORM_REFUSED',
    });
    expect(changes).toEqual([]);
  });

  it('is refused if it is disabled', async () => {
    const { control } = await controlOf({
      GetEventSourceMapping: [{ body: { ...MAPPING, State: 'Disabled' } }],
    });
    await expect(control.readMapping('m')).rejects.toThrow('it is disabled');
  });
});

describe('a direct call', () => {
  const tail = (text: string) => ({ 'x-amz-log-result': Buffer.from(text).toString('base64') });
  const REPORT =
    'REPORT RequestId: r-1\tDuration: 10.50 ms\tBilled Duration: 11 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\tInit Duration: 100.00 ms\t\nXRAY TraceId: 1-2\tSegmentId: 3\tSampled: true\t\n';
  const JSON_REPORT = JSON.stringify({
    type: 'platform.report',
    record: {
      requestId: 'r-1',
      metrics: {
        durationMs: 10.5,
        billedDurationMs: 11,
        memorySizeMB: 512,
        maxMemoryUsedMB: 90,
        initDurationMs: 100,
      },
      status: 'success',
    },
  });

  it.each([
    ['text', `tail of a line\nEND RequestId: r-1\n${REPORT}`],
    ['JSON', `stId":"r-0"}}\n{"level":"info"}\n${JSON_REPORT}\n`],
  ])('gives the payload, and the report of a log in %s', async (_, log) => {
    const { control, calls } = await controlOf({
      Invoke: [{ headers: tail(log), body: '{"statusCode":200}' }],
    });
    const answer = await control.invoke('orders:live', '{"é":1}');
    expect(calls).toEqual(['Invoke live {"é":1}']);
    expect(answer).toMatchObject({
      kind: 'answered',
      payload: '{"statusCode":200}',
      report: { requestId: 'r-1', durationMs: 10.5, billedMs: 11, initMs: 100 },
      problem: null,
    });
  });

  it('that the function fails says why', async () => {
    const body = '{"errorType":"Error","errorMessage":"no\\n table","trace":[]}';
    const { control } = await controlOf({
      Invoke: [
        { headers: { 'x-amz-function-error': 'Unhandled' }, body },
        { headers: { 'x-amz-function-error': 'Unhandled' }, body: 'x' },
      ],
    });
    expect(await control.invoke('orders', '{}')).toEqual({
      kind: 'failed',
      payload: body,
      report: null,
      problem: 'Error: no table',
    });
    expect((await control.invoke('orders', '{}')).problem).toBe('Unhandled error');
  });

  it('that is throttled is not made again', async () => {
    const { control, calls } = await controlOf({
      Invoke: [
        {
          status: 429,
          error: 'TooManyRequestsException',
          body: {
            Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
            message: 'Rate Exceeded.',
          },
        },
      ],
    });
    expect(await control.invoke('orders', '{}')).toEqual({
      kind: 'throttled',
      payload: '',
      report: null,
      problem: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect(calls.length).toBe(1);
  });
});

describe('what AWS needs', () => {
  it.each([undefined, 'eu west'])('a region, which %j is not', async (region) => {
    vi.stubEnv('AWS_REGION', region);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    await expect(createAwsControl({ region: null, endpoint: null })).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('give --region, or set AWS_REGION'),
    });
  });

  it('an address that answers', async () => {
    const control = await createAwsControl({ region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' });
    await expect(control.readFunction('orders')).rejects.toMatchObject({
      code: 'E_PLATFORM_UNREACHABLE',
      exitCode: 4,
      message: expect.stringContaining('function orders in eu-west-1: connect ECONNREFUSED'),
    });
  });
});
