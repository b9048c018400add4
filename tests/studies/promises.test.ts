import { expect, it, vi } from 'vitest';
import { Promises } from '../../studies/promises.ts';

it('ends with 1 when a limit is passed, and says which', () => {
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  const promises = new Promises();
  promises.atMost('pairs', 2, 2, '');
  promises.atLeast('duets', 9, 9, '');
  expect(promises.exitCode).toBe(0);
  promises.atMost('first call', 300.06, 300, ' ms');
  promises.atLeast('duets', 8, 9, '');
  vi.restoreAllMocks();
  expect(promises.exitCode).toBe(1);
  expect(said).toEqual([
    'pairs: 2; at most 2 holds',
    'duets: 9; at least 9 holds',
    'first call: 300.1 ms; at most 300 ms MISSED',
    'duets: 8; at least 9 MISSED',
  ]);
});
