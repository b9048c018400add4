import { expect, it } from 'vitest';
import type { FaultConfig } from '../../../order-api/config/fault-config.ts';
import { NO_FAULTS } from '../../../order-api/config/fault-config.ts';
import { createFaultModel } from '../../../order-api/faults/fault-model.ts';
import { POISON_BODY, withQueueFaults } from '../../../order-api/faults/faulty-queue.ts';
import {
  type ReceivedMessage,
  toReceivedMessage,
} from '../../../order-api/queue/received-message.ts';
import type { SqsQueue } from '../../../order-api/queue/sqs-queue.ts';

const CONTEXT = { queueArn: '', region: '', receivedMs: 0 };

function message(id: string, receiveCount = 1): ReceivedMessage {
  const Attributes = { ApproximateReceiveCount: String(receiveCount) };
  return toReceivedMessage({ MessageId: id, Attributes }, CONTEXT);
}

/** What the queue behind the faults was asked for. */
function start(faults: Partial<FaultConfig>, seed = 1) {
  const seen = { sent: [] as string[], deleted: [] as string[], shown: [] as string[] };
  let refuse = (_: string): boolean => false;
  const take = (ids: string[], messages: readonly ReceivedMessage[]) => {
    const taken = messages.filter(({ messageId }) => !refuse(messageId));
    ids.push(...taken.map(({ messageId }) => messageId));
    return Promise.resolve(messages.filter(({ messageId }) => refuse(messageId)));
  };
  const queue: SqsQueue = {
    url: '',
    deadLetterUrl: '',
    send: (body) => {
      if (refuse(body)) return Promise.reject(new Error('full'));
      seen.sent.push(body);
      return Promise.resolve(`id-of-${body}`);
    },
    receive: () => Promise.resolve([]),
    delete: (messages) => take(seen.deleted, messages),
    showAgain: (messages) => take(seen.shown, messages),
    depth: () => Promise.resolve({ visible: 0, inFlight: 0 }),
    deadLetterDepth: () => Promise.resolve(0),
    close: () => {},
  };
  const model = createFaultModel({ ...NO_FAULTS, ...faults }, seed, () => 0);
  return {
    queue: withQueueFaults(queue, model, 3),
    seen,
    counts: model.counts,
    refuse(which: (idOrBody: string) => boolean) {
      refuse = which;
    },
  };
}

it('shows a message again instead of deleting it, and only once', async () => {
  const { queue, seen, counts } = start({ duplicateDeliveryRatio: 1 });
  expect(await queue.delete([message('a'), message('b')])).toEqual([]);
  expect(seen).toMatchObject({ shown: ['a', 'b'], deleted: [] });
  expect(await queue.delete([message('a', 2), message('b', 2)])).toEqual([]);
  expect(seen).toMatchObject({ shown: ['a', 'b'], deleted: ['a', 'b'] });
  expect(counts().duplicateDeliveries).toBe(2);
});

it('does not send a processed message to the dead-letter queue', async () => {
  const { queue, seen, counts } = start({ duplicateDeliveryRatio: 1 });
  await queue.delete([message('last receive', 3)]);
  expect(seen).toMatchObject({ shown: [], deleted: ['last receive'] });
  expect(counts().duplicateDeliveries).toBe(0);
});

it('hands on what could be neither shown nor deleted, and does not count it', async () => {
  const { queue, seen, counts, refuse } = start({ duplicateDeliveryRatio: 0.5 });
  const ids = Array.from({ length: 40 }, (_, i) => `m${i}`);
  refuse((id) => id.endsWith('1'));
  const kept = await queue.delete(ids.map((id) => message(id)));
  expect(kept.map(({ messageId }) => messageId).sort()).toEqual(['m1', 'm11', 'm21', 'm31']);
  refuse(() => false);
  expect(await queue.delete(kept)).toEqual([]);
  expect(counts().duplicateDeliveries).toBe(seen.shown.length);
  expect(seen.shown.length).toBeGreaterThan(0);
});

it('the seed decides which come again', async () => {
  const shownBy = async (seed: number) => {
    const { queue, seen } = start({ duplicateDeliveryRatio: 0.3, poisonRatio: 0.5 }, seed);
    for (let i = 0; i < 50; i++) {
      if (seed === 1) await queue.send('order');
      await queue.delete([message(`m${i}`)]);
    }
    return seen.shown;
  };
  const shown = await shownBy(1);
  expect(shown.length).toBeGreaterThan(0);
  expect(await shownBy(1)).toEqual(shown);
  expect(await shownBy(2)).not.toEqual(shown);
});

it('adds poison beside an order, whose id it gives', async () => {
  const { queue, seen, counts } = start({ poisonRatio: 1 });
  expect(await queue.send('order')).toBe('id-of-order');
  expect(seen.sent).toEqual(['order', POISON_BODY]);
  expect(counts().poisonMessages).toBe(1);
});

it('poison that cannot be sent is not counted, and costs no order', async () => {
  const { queue, seen, counts, refuse } = start({ poisonRatio: 1 });
  refuse((body) => body === POISON_BODY);
  expect(await queue.send('order')).toBe('id-of-order');
  expect(seen.sent).toEqual(['order']);
  expect(counts().poisonMessages).toBe(0);
});
