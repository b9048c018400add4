import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type LocalControl,
  openLocalControl,
  readControlInstance,
} from '../../../lib/node/platform/local-control.ts';
import { readTargetTruth } from '../../../lib/node/platform/target-truth.ts';
import { type OrderApiProcess, startOrderApi } from '../../order-api/order-api-process.ts';
import { itKeepsTheControlContract } from './control-contract.ts';

const FAST = [
  '--die-with-parent',
  '--store',
  'memory',
  '--io-ms',
  '0',
  '--work-ms',
  '0',
  '--init-ms',
  '1',
];

describe('the control of the local order API', () => {
  let api: OrderApiProcess;
  let control: LocalControl;

  beforeAll(async () => {
    api = await startOrderApi(['--control', '--queue', ...FAST]);
    control = await openLocalControl(api.url);
  });

  afterAll(async () => {
    await control.close();
    api.child.kill('SIGKILL');
    await api.exited();
  });

  itKeepsTheControlContract(() => ({
    control,
    aliasedFunction: 'create-order:live',
    event: '{}',
    mappingId: 'write-orders',
    writer: 'write-orders',
  }));

  it('has an address by which another process finds the same order API', async () => {
    const { baseUrl, instance } = control.address;
    expect(baseUrl).toBe(api.url);
    expect(await readControlInstance(baseUrl)).toBe(instance);
  });

  it('changes what the lens says that the price depends on', async () => {
    const before = await control.readFunction('get-order');
    await control.changeFunction('get-order', { memoryMb: 1769, architecture: 'arm' });
    const { functions } = await readTargetTruth(api.url);
    expect(functions['get-order']?.settings).toEqual({ memoryMb: 1769, architecture: 'arm' });
    await control.restoreFunction('get-order', before);
  });

  it('reads more reports than one answer holds', async () => {
    const fromMs = Date.now();
    const calls = 10_050;
    let left = calls;
    const worker = async (): Promise<void> => {
      while (left-- > 0) await control.invoke('get-order', '{"pathParameters":{"orderId":"x"}}');
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    const reports = await control.readReports('get-order', { fromMs, toMs: Date.now() });
    expect(new Set(reports.map(({ requestId }) => requestId)).size).toBe(calls);
  }, 60_000);

  it.each<[string, object, RegExp]>([
    [
      'pollers that exclude a maximum concurrency',
      { maximumConcurrency: 5, pollers: { minimum: 2, maximum: 4 } },
      /exclude/,
    ],
    [
      'more pollers at least than at most',
      { pollers: { minimum: 5, maximum: 4 } },
      /above the maximum/,
    ],
    [
      'too few pollers',
      { pollers: { minimum: 1, maximum: 4 } },
      /pollers.minimum: it must be a whole number from 2 to 200/,
    ],
    ['too many pollers', { pollers: { minimum: 2, maximum: 2001 } }, /from 2 to 2000/],
    ['a maximum concurrency of 1', { maximumConcurrency: 1 }, /from 2 to 1000/],
    ['a window of more than 5 minutes', { windowSeconds: 301 }, /from 0 to 300/],
  ])('refuses %s', async (_, change, message) => {
    await expect(control.changeMapping('write-orders', change)).rejects.toThrow(message);
  });

  it.each<[string, object, RegExp]>([
    ['more memory than Lambda has', { memoryMb: 10_241 }, /from 128 to 10240/],
    ['half a MB', { memoryMb: 512.5 }, /whole number/],
    ['an unknown setting', { timeoutMs: 1 }, /timeoutMs/],
    ['to leave fewer than 100 unreserved', { reservedConcurrency: 901 }, /would leave 99/],
    [
      'more provisioned than reserved',
      { reservedConcurrency: 5, provisionedConcurrency: 6 },
      /more than the reserved 5/,
    ],
  ])('refuses %s', async (_, change, message) => {
    await expect(control.changeFunction('create-order:live', change)).rejects.toThrow(message);
  });

  it('takes provisioned pollers, which are there at once', async () => {
    const before = await control.readMapping('write-orders');
    await control.changeMapping('write-orders', { pollers: { minimum: 2, maximum: 3 } });
    expect(await control.readMapping('write-orders')).toEqual({
      ...before,
      pollers: { minimum: 2, maximum: 3 },
    });
    const { queue } = (await api.truth()) as unknown as { queue: { pollers: number } };
    expect(queue.pollers).toBe(20);
    await control.changeMapping('write-orders', before);
  });
});

describe('an order API without control', () => {
  it('is refused in one line, and so is no order API at all', async () => {
    const api = await startOrderApi(FAST);
    await expect(openLocalControl(api.url)).rejects.toMatchObject({
      code: 'E_PLATFORM_UNREACHABLE',
      exitCode: 4,
      message: expect.stringMatching(/^http:\S+ takes no changes .*--control/),
    });
    api.child.kill('SIGKILL');
    await api.exited();
    expect(await readControlInstance(api.url)).toBeNull();
  });
});
