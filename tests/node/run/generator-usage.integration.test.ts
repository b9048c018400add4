import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { watchGenerator } from '../../../lib/node/run/generator-usage.ts';

/** Starts a process that is busy for a while. */
function startBusy(seconds: number) {
  const body = `const end = Date.now() + ${seconds * 1000}; while (Date.now() < end);`;
  const child = spawn(process.execPath, ['-e', body], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { pid: child.pid as number, ended: once(child, 'exit') };
}

it('sees how busy a process is, and its memory', async () => {
  const busy = startBusy(3);
  const watch = watchGenerator(busy.pid, 4);
  await busy.ended;
  const { cpuSeconds, peakRssBytes, peakCpuShare } = watch.stop();
  expect(cpuSeconds).toBeGreaterThan(0);
  expect(cpuSeconds).toBeLessThan(3.5);
  expect(peakRssBytes).toBeGreaterThan(10_000_000);
  expect(peakCpuShare).toBeGreaterThan(0);
  // One thread cannot use more than one of the four processors, give or take a clock tick.
  expect(peakCpuShare).toBeLessThanOrEqual(0.3);
});

it('forgets how busy it was before the load', async () => {
  const busy = startBusy(2.5);
  const watch = watchGenerator(busy.pid, 1);
  await busy.ended;
  watch.loadBegan();
  const { cpuSeconds, peakCpuShare } = watch.stop();
  expect(peakCpuShare).toBeNull();
  expect(cpuSeconds).toBeGreaterThan(0);
});

it('knows nothing of a process that has ended', async () => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  const watch = watchGenerator(child.pid as number, 1);
  expect(watch.stop()).toMatchObject({ cpuSeconds: null, peakRssBytes: null, peakCpuShare: null });
});
