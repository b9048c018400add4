import { describe, expect, it } from 'vitest';
import { createQueueLog } from '../../../order-api/queue/queue-log.ts';
import { toReceivedMessage } from '../../../order-api/queue/received-message.ts';
import { createFakeClock } from '../lambda/fake-clock.ts';

function createLog() {
  const clock = createFakeClock();
  const log = createQueueLog({ maxReceiveCount: 2, nowMs: clock.nowMs });
  const message = (id: string, sentMs: number, receiveCount = 1) =>
    toReceivedMessage(
      {
        MessageId: id,
        ReceiptHandle: id,
        Body: JSON.stringify({ orderId: `order-${id}` }),
        Attributes: {
          ApproximateReceiveCount: String(receiveCount),
          SentTimestamp: String(sentMs),
        },
      },
      { queueArn: 'arn', region: 'us-east-1', receivedMs: clock.nowMs() },
    );
  return { clock, log, message };
}

describe('createQueueLog', () => {
  it('takes the lag from SentTimestamp to storedAt, and only of what the queue path stored', () => {
    const { log, message } = createLog();
    const batch = [message('a', 1_000), message('b', 2_000)];
    log.invoking(batch, 10);
    log.stored('order-a', 1_400);
    log.stored('order-b', 5_000);
    log.stored('order-elsewhere', 9_000);
    const failed = [message('c', 0)];
    log.invoking(failed, 10);
    log.settled(failed, [], failed);
    log.stored('order-a', 9_000);
    log.stored('order-c', 9_000);
    expect(log.read().acceptedToStoredMs).toEqual({
      count: 2,
      p50: 400,
      p95: 3_000,
      p99: 3_000,
      max: 3_000,
    });
  });

  it('measures how full batches are by the size that each of them had', () => {
    const { log, message } = createLog();
    log.invoking([message('a', 0), message('b', 0)], 10);
    log.invoking([message('c', 0)], 2);
    expect(log.read()).toMatchObject({ batches: 2, batchFill: expect.closeTo((0.2 + 0.5) / 2) });
  });

  it('knows the age of the oldest message, also of one that nobody received yet', () => {
    const { clock, log, message } = createLog();
    expect(log.read().oldestAgeMs).toBeNull();
    log.sending()('a');
    clock.advance(500);
    log.sending()('b');
    clock.advance(500);
    expect(log.read()).toMatchObject({ sent: 2, oldestAgeMs: 1_000 });
    const batch = [message('a', 0)];
    log.received(batch);
    log.settled(batch, batch, []);
    expect(log.read().oldestAgeMs).toBe(500);
  });

  it('does not keep a message that was deleted before its sender heard of it', () => {
    const { log, message } = createLog();
    const sent = log.sending();
    const batch = [message('a', 0)];
    log.received(batch);
    log.settled(batch, batch, []);
    sent('a');
    expect(log.read()).toMatchObject({ sent: 1, deleted: 1, oldestAgeMs: null });
  });

  it('counts calls as SQS and DynamoDB bill them: empty receives too, deletes by ten, writes by call and item', () => {
    const { log, message } = createLog();
    const batch = Array.from({ length: 12 }, (_, index) => message(`m${index}`, 0));
    log.received(batch.slice(0, 10));
    log.received(batch.slice(10));
    log.received([]);
    log.reading(12);
    log.writing(12);
    log.writing(1);
    log.settled(batch, batch.slice(1), batch.slice(0, 1));
    log.settled(batch.slice(0, 1), [], batch.slice(0, 1));
    expect(log.read()).toMatchObject({
      receiveCalls: 3,
      deleteCalls: 2,
      writeCalls: 2,
      writtenItems: 13,
      readItems: 12,
    });
  });

  it('does not count what could not be sent', () => {
    const { log } = createLog();
    log.sending()(null);
    expect(log.read()).toMatchObject({ sent: 0, oldestAgeMs: null });
  });

  it('lets go of a message that used up its receives', () => {
    const { log, message } = createLog();
    const first = [message('a', 0, 1)];
    log.received(first);
    log.settled(first, [], first);
    expect(log.read().oldestAgeMs).toBe(0);
    const last = [message('a', 0, 2)];
    log.received(last);
    log.settled(last, [], last);
    expect(log.read()).toMatchObject({ received: 2, redelivered: 1, oldestAgeMs: null });
  });
});
