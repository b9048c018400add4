import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type StopSignals, takeStopSignals } from '../../../lib/app/run/stop-signals.ts';

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
