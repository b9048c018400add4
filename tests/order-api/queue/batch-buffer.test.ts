import { describe, expect, it } from 'vitest';
import { createBatchBuffer, MAX_PAYLOAD_BYTES } from '../../../order-api/queue/batch-buffer.ts';
import { createFakeClock } from '../lambda/fake-clock.ts';

const message = (messageId: string, bytes = 100) => ({ messageId, bytes });

function createBuffer(batchSize: number, windowMs: number) {
  const clock = createFakeClock();
  const buffer = createBatchBuffer({ batchSize, windowMs, nowMs: clock.nowMs });
  return { clock, buffer, take: () => buffer.take()?.map(({ messageId }) => messageId) ?? null };
}

describe('createBatchBuffer', () => {
  it('gives what there is at once without a window', () => {
    const { buffer, take } = createBuffer(10, 0);
    expect(take()).toBeNull();
    buffer.add([message('a'), message('b')]);
    expect(take()).toEqual(['a', 'b']);
    expect(take()).toBeNull();
  });

  it('gives a full batch before its window ends, and keeps the rest', () => {
    const { buffer, take } = createBuffer(3, 60_000);
    buffer.add([message('a'), message('b')]);
    expect(take()).toBeNull();
    buffer.add([message('c'), message('d')]);
    expect(take()).toEqual(['a', 'b', 'c']);
    expect(take()).toBeNull();
    expect(buffer.size()).toBe(1);
  });

  it('gives a part of a batch when the window of its oldest message ends', () => {
    const { clock, buffer, take } = createBuffer(10, 5_000);
    buffer.add([message('a')]);
    clock.advance(4_000);
    buffer.add([message('b')]);
    clock.advance(999);
    expect(take()).toBeNull();
    clock.advance(1);
    expect(take()).toEqual(['a', 'b']);
  });

  it('gives a batch that would pass 6 MB with one more, within the window', () => {
    const { buffer, take } = createBuffer(10_000, 300_000);
    const third = Math.floor((MAX_PAYLOAD_BYTES - 14) / 3) - 1;
    buffer.add([message('a', third), message('b', third), message('c', third)]);
    expect(take()).toBeNull();
    buffer.add([message('d', 3)]);
    expect(take()).toEqual(['a', 'b', 'c']);
    expect(buffer.size()).toBe(1);
  });
});
