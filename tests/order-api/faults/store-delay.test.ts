import { expect, it } from 'vitest';
import { createStoreDelay } from '../../../order-api/faults/store-delay.ts';

/** A clock that waiting moves, by one millisecond a turn of the microtask queue. */
function createDelay(ms: number) {
  let nowMs = 0;
  const until = async (endMs: number) => {
    while (nowMs < endMs) {
      nowMs += 1;
      await Promise.resolve();
    }
  };
  const wait = (waitMs: number) => until(nowMs + waitMs);
  const delay = createStoreDelay({ ms, nowMs: () => nowMs, wait });
  return { delay, wait, nowMs: () => nowMs };
}

it('stops the clock of the invocation that it delays, and of no other', async () => {
  const { delay, wait, nowMs } = createDelay(50);
  await delay.run(async () => {
    await wait(5);
    await delay.pass();
    await wait(5);
    expect(nowMs()).toBe(60);
    expect(delay.nowMs()).toBe(10);
  });
  await delay.run(async () => expect(delay.nowMs()).toBe(60));
  expect(delay.nowMs()).toBe(60);
});

it('counts the time of calls that wait together once', async () => {
  const { delay, wait, nowMs } = createDelay(50);
  await delay.run(async () => {
    const beganMs = nowMs();
    const calls = [delay.pass(), delay.pass()];
    expect(delay.nowMs()).toBe(beganMs);
    await Promise.all(calls);
    const tookMs = nowMs() - beganMs;
    expect(tookMs).toBeGreaterThanOrEqual(50);
    await wait(3);
    expect(delay.nowMs() - beganMs).toBe(3);
  });
});
