import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueConfig } from '../../../order-api/config/queue-config.ts';
import {
  type BatchInvocation,
  type MappingRunner,
  startMappingRunner,
} from '../../../order-api/queue/mapping-runner.ts';
import { createQueueLog } from '../../../order-api/queue/queue-log.ts';
import type { ReceivedMessage } from '../../../order-api/queue/received-message.ts';
import { DEFAULT_QUEUE_CONFIG } from '../default-queue-config.ts';
import { createSimulatedQueue } from './simulated-queue.ts';

const DONE: BatchInvocation = { kind: 'answered', response: { batchItemFailures: [] } };
const running: MappingRunner[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(async () => {
  for (const runner of running.splice(0)) runner.stop();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

interface Call {
  readonly atMs: number;
  readonly bodies: readonly string[];
}

/** Starts a mapping in simulated time; `answer` is the function. */
function start(
  config: Partial<QueueConfig>,
  answer: (batch: readonly ReceivedMessage[]) => BatchInvocation | Promise<BatchInvocation>,
) {
  const settings = { ...DEFAULT_QUEUE_CONFIG, ...config };
  const queue = createSimulatedQueue(settings.visibilitySeconds * 1000, settings.maxReceiveCount);
  const calls: Call[] = [];
  const errors: unknown[] = [];
  const log = createQueueLog({ ...settings, nowMs: Date.now });
  const begin = () => {
    const runner = startMappingRunner({
      config: settings,
      changeable: true,
      queue,
      log,
      nowMs: Date.now,
      wait: (ms, signal) =>
        new Promise((done) => {
          const end = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            done();
          };
          const timer = setTimeout(end, ms);
          signal.addEventListener('abort', end);
        }),
      invoke: async (batch) => {
        calls.push({ atMs: Date.now(), bodies: batch.map(({ record }) => record.body) });
        return answer(batch);
      },
      onQueueError: (error) => errors.push(error),
      onFunctionError: (error) => errors.push(error),
    });
    running.push(runner);
    return runner;
  };
  return { queue, calls, errors, log, begin };
}

const failing = (batch: readonly ReceivedMessage[], body: string): BatchInvocation => ({
  kind: 'answered',
  response: {
    batchItemFailures: batch
      .filter(({ record }) => record.body === body)
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  },
});

describe('a mapping', () => {
  it('delivers a backlog in batches and deletes it', async () => {
    const { queue, calls, log, begin } = start({}, () => DONE);
    queue.send(...Array.from({ length: 25 }, (_, index) => `o${index}`));
    begin();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls.map(({ bodies }) => bodies.length)).toEqual([10, 10, 5]);
    expect(queue.bodies()).toEqual([]);
    expect(log.read()).toMatchObject({
      received: 25,
      redelivered: 0,
      deleted: 25,
      batches: 3,
      failedBatches: 0,
      batchFill: 25 / 30,
      oldestAgeMs: null,
    });
  });

  it('waits for the window on a busy queue, and for the long poll on a quiet one', async () => {
    const { queue, calls, begin } = start(
      { batchSize: 1_000, batchWindowSeconds: 5, maximumConcurrency: 2, visibilitySeconds: 60 },
      () => DONE,
    );
    begin();
    await vi.advanceTimersByTimeAsync(10_000);
    queue.send('quiet');
    await vi.advanceTimersByTimeAsync(19_900);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['quiet']]);
    const beganMs = Date.now();
    for (let tick = 0; tick < 100; tick += 1) {
      queue.send(`busy-${tick}`, `busy-${tick}-b`);
      await vi.advanceTimersByTimeAsync(100);
    }
    const [, first] = calls;
    expect(first?.bodies.length).toBeGreaterThan(10);
    expect((first?.atMs ?? 0) - beganMs).toBeGreaterThanOrEqual(5_000);
    expect((first?.atMs ?? 0) - beganMs).toBeLessThan(5_300);
  });

  it('has no more batches at once than pollers', async () => {
    let busy = 0;
    let peak = 0;
    const { queue, begin } = start({ maximumConcurrency: 8, batchSize: 1 }, async () => {
      busy += 1;
      peak = Math.max(peak, busy);
      await new Promise((done) => setTimeout(done, 500));
      busy -= 1;
      return DONE;
    });
    queue.send(...Array.from({ length: 200 }, (_, index) => `o${index}`));
    begin();
    await vi.advanceTimersByTimeAsync(900);
    expect(peak).toBe(5);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(peak).toBe(8);
    expect(queue.bodies()).toEqual([]);
  });

  it('tries a throttled batch again until its messages reappear, then as a new receive', async () => {
    let throttledUntilMs = Infinity;
    const { queue, calls, log, begin } = start({ visibilitySeconds: 10 }, () =>
      Date.now() < throttledUntilMs ? { kind: 'throttled' } : DONE,
    );
    queue.send('a');
    begin();
    await vi.advanceTimersByTimeAsync(9_900);
    expect(calls.map(({ atMs }) => atMs)).toEqual([0, 100, 300, 700, 1_500, 3_100, 6_300]);
    expect(log.read()).toMatchObject({ received: 1, batches: 1, throttledInvocations: 7 });
    throttledUntilMs = Date.now();
    await vi.advanceTimersByTimeAsync(300);
    expect(queue.bodies()).toEqual([]);
    expect(log.read()).toMatchObject({ received: 2, redelivered: 1, deleted: 1, batches: 2 });
  });

  it('moves a poison message to the dead-letter queue, and its neighbours go through once', async () => {
    const { queue, calls, log, begin } = start(
      { visibilitySeconds: 10, maxReceiveCount: 3 },
      (batch) => failing(batch, 'poison'),
    );
    queue.send('a', 'poison', 'b');
    begin();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(queue.bodies()).toEqual(['poison']);
    expect(log.read().oldestAgeMs).toBe(5_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls.map(({ bodies }) => bodies)).toEqual([
      ['a', 'poison', 'b'],
      ['poison'],
      ['poison'],
    ]);
    expect(queue.bodies()).toEqual([]);
    expect(queue.deadBodies()).toEqual(['poison']);
    expect(log.read()).toMatchObject({
      received: 5,
      deleted: 2,
      partialBatches: 1,
      failedBatches: 2,
      oldestAgeMs: null,
    });
  });

  it.each<[string, BatchInvocation]>([
    ['the function throws', { kind: 'failed', error: new Error('broken') }],
    [
      'an id of its response is empty',
      { kind: 'answered', response: { batchItemFailures: [{ itemIdentifier: '' }] } },
    ],
  ])('returns the whole batch when %s, after the visibility timeout', async (_, broken) => {
    const { queue, calls, begin } = start({ visibilitySeconds: 10 }, () =>
      Date.now() < 5_000 ? broken : DONE,
    );
    queue.send('a', 'b');
    begin();
    await vi.advanceTimersByTimeAsync(9_900);
    expect(calls).toHaveLength(1);
    expect(queue.bodies()).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls[1]?.bodies).toEqual(['a', 'b']);
    expect(queue.bodies()).toEqual([]);
  });

  it('delivers again what was received but could not be deleted', async () => {
    const { queue, calls, errors, log, begin } = start({ visibilitySeconds: 10 }, () => DONE);
    const deleting = vi.spyOn(queue, 'delete').mockRejectedValueOnce(new Error('no queue'));
    queue.send('a');
    begin();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(deleting).toHaveBeenCalledTimes(2);
    expect(calls).toHaveLength(2);
    expect(errors).toHaveLength(1);
    expect(queue.bodies()).toEqual([]);
    expect(log.read()).toMatchObject({ deleted: 1, failedBatches: 1 });
  });

  it('counts what the queue refused to delete as returned', async () => {
    const { queue, log, begin } = start({ visibilitySeconds: 10 }, () => DONE);
    vi.spyOn(queue, 'delete').mockImplementationOnce(
      async (handles) => handles.slice(1) as never[],
    );
    queue.send('a', 'b');
    begin();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(log.read()).toMatchObject({ received: 2, deleted: 1, partialBatches: 1 });
  });

  it('takes an invocation that breaks for a failed one', async () => {
    const { queue, calls, errors, begin } = start({ visibilitySeconds: 10 }, () => {
      throw new Error('broken');
    });
    queue.send('a');
    begin();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(calls).toHaveLength(2);
    expect(errors).toHaveLength(2);
  });

  it('goes on after the queue did not answer for a while', async () => {
    const { queue, calls, errors, begin } = start({}, () => DONE);
    const receiving = vi.spyOn(queue, 'receive').mockRejectedValue(new Error('no queue'));
    begin();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(errors).toHaveLength(15);
    receiving.mockRestore();
    queue.send('a');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(1);
  });

  it('delivers with new settings what comes after a change, and at once what it held before', async () => {
    const { queue, calls, log, begin } = start(
      { batchSize: 25, batchWindowSeconds: 300, visibilitySeconds: 600 },
      () => DONE,
    );
    const runner = begin();
    queue.send('held-a', 'held-b');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toEqual([]);
    let isChanged = false;
    const change = runner
      .change({ batchSize: 1, batchWindowSeconds: 0, maximumConcurrency: 2 })
      .then(() => {
        isChanged = true;
      });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isChanged).toBe(true);
    await change;
    expect(calls.map(({ bodies }) => bodies)).toEqual([['held-a', 'held-b']]);
    expect(runner.pollers()).toBe(2);
    queue.send('new-a', 'new-b');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls.slice(1).map(({ bodies }) => bodies)).toEqual([['new-a'], ['new-b']]);
    expect(queue.bodies()).toEqual([]);
    expect(log.read()).toMatchObject({ received: 4, redelivered: 0, deleted: 4, batches: 3 });
  });

  it('has made a change only when no batch of the former settings is under way', async () => {
    const { queue, begin } = start({ batchSize: 1 }, async () => {
      await new Promise((done) => setTimeout(done, 5_000));
      return DONE;
    });
    const runner = begin();
    queue.send('slow');
    await vi.advanceTimersByTimeAsync(100);
    const change = runner.change({ batchSize: 2, batchWindowSeconds: 0, maximumConcurrency: null });
    const first = await Promise.race([
      change.then(() => 'changed'),
      vi.advanceTimersByTimeAsync(4_500).then(() => 'time is up'),
    ]);
    expect(first).toBe('time is up');
    await vi.advanceTimersByTimeAsync(1_000);
    await change;
    expect(queue.bodies()).toEqual([]);
  });

  it('polls no more once it is stopped', async () => {
    const { queue, calls, begin } = start({}, () => DONE);
    begin().stop();
    await vi.advanceTimersByTimeAsync(100);
    queue.send('late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toEqual([]);
  });
});
