import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import {
  identifyProcess,
  parseStart,
  stateOfProcess,
} from '../../../lib/node/process/process-identity.ts';

it('knows a process that runs from one that has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  const identity = await identifyProcess(child.pid as number);
  expect(await stateOfProcess(identity)).toBe('running');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await stateOfProcess(identity)).toBe('ended');
});

it('takes a later process with the same pid for another one', async () => {
  const self = await identifyProcess(process.pid);
  expect(await stateOfProcess(self)).toBe('running');
  expect(await stateOfProcess({ ...self, startedAt: 'earlier' })).toBe('ended');
});

it('does not know the processes of another machine', async () => {
  const self = await identifyProcess(process.pid);
  expect(await stateOfProcess({ ...self, machine: 'elsewhere' })).toBe('elsewhere');
});

it('reads the start of a process whatever its name, and none of one that only waits to be waited for', () => {
  const after = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 987654 20';
  expect(parseStart(`42 (a) (b c)) S ${after}`, 'boot\n')).toBe('boot 987654');
  expect(parseStart(`42 (node) Z ${after}`, 'boot')).toBeNull();
});
