import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type StopSignals, takeStopSignals } from '../../../lib/app/cli/stop-signals.ts';

let stop: StopSignals;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  stop = takeStopSignals();
});
afterEach(() => {
  stop.release();
  vi.useRealTimers();
});

it('takes the Ctrl-C that npm repeats for one', () => {
  const counts: number[] = [];
  stop.onStop((count) => counts.push(count));
  process.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(20);
  process.emit('SIGINT', 'SIGINT');
  expect(counts).toEqual([1]);
  expect(stop.first()).toBe('SIGINT');
});

it('takes a second Ctrl-C for a second wish', () => {
  const counts: number[] = [];
  stop.onStop((count) => counts.push(count));
  process.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(400);
  process.emit('SIGINT', 'SIGINT');
  expect(counts).toEqual([1, 2]);
});

it('takes SIGTERM after SIGINT for a second wish, however soon', () => {
  const counts: number[] = [];
  stop.onStop((count) => counts.push(count));
  process.emit('SIGINT', 'SIGINT');
  process.emit('SIGTERM', 'SIGTERM');
  expect(counts).toEqual([1, 2]);
});

it('tells everybody who listens, until they listen no more', () => {
  const heard: string[] = [];
  const forget = stop.onStop(() => heard.push('first'));
  stop.onStop((count) => heard.push(`second ${count}`));
  process.emit('SIGINT', 'SIGINT');
  forget();
  process.emit('SIGTERM', 'SIGTERM');
  expect(heard).toEqual(['first', 'second 1', 'second 2']);
});

it('gives way to a signal, and to one that came before', async () => {
  const never = new Promise<string>(() => undefined);
  expect(await stop.orStop(Promise.resolve('made'))).toBe('made');
  const waiting = stop.orStop(never);
  process.emit('SIGTERM', 'SIGTERM');
  expect(await waiting).toBeNull();
  expect(await stop.orStop(never)).toBeNull();
  expect(stop.exitCode()).toBe(143);
});
