import { expect, it, vi } from 'vitest';
import { createPollTurns } from '../../../order-api/queue/poll-turns.ts';

const FOREVER = 1e6;

it('lets those who wait have one turn after the other', async () => {
  const turns = createPollTurns();
  const began: string[] = [];
  const poll = async (name: string) => {
    const leave = await turns.enter(FOREVER, []);
    began.push(name);
    return leave;
  };
  const first = await poll('a');
  const [second, third] = [poll('b'), poll('c')];
  expect(began).toEqual(['a']);
  first?.();
  const again = poll('a again');
  (await second)?.();
  (await third)?.();
  (await again)?.();
  expect(began).toEqual(['a', 'b', 'c', 'a again']);
  expect(await poll('d')).not.toBeNull();
});

it('gives up when the time is up, or when a signal aborts, and its place goes to the next', async () => {
  vi.useFakeTimers();
  try {
    const turns = createPollTurns();
    const { signal, abort } = stop();
    const first = await turns.enter(FOREVER, []);
    const late = turns.enter(20_000, [signal]);
    const stopped = turns.enter(FOREVER, [signal]);
    const last = turns.enter(FOREVER, []);
    vi.advanceTimersByTime(20_000);
    expect(await late).toBeNull();
    abort();
    expect(await stopped).toBeNull();
    expect(await turns.enter(FOREVER, [signal])).toBeNull();
    first?.();
    expect(await last).not.toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

function stop() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
