import { describe, expect, it } from 'vitest';
import { runLoad } from './support/run-load.ts';

const SMALL = ['steady', '--rate', '5', '--duration', '2s', '--store', 'memory'];

describe('--deployment', () => {
  it('loads the embedded order API as deployed, and the report names it', async () => {
    const run = await runLoad([...SMALL, '--deployment', 'naive-128', '--no-abort']);
    const { target, requests, latencyMs } = await run.report();
    expect(target).toMatchObject({
      label: 'embedded order API (naive-128)',
      deployment: 'naive-128',
      platform: 'local',
      gateway: 'http',
      memoryMb: 128,
    });
    expect(requests.total).toBeGreaterThan(0);
    // The first call loads the SDK by a fourteenth of a vCPU; the default deployment is done in 300 ms.
    expect(latencyMs.all?.max).toBeGreaterThan(700);
  });

  it('says nothing of a deployment without one', async () => {
    const run = await runLoad(SMALL);
    const { target } = await run.report();
    expect(target).toMatchObject({
      label: 'embedded order API',
      deployment: null,
      memoryMb: 1024,
    });
  });

  it.each([
    [
      ['--deployment', 'naive-129'],
      /E_DEPLOYMENT\]: .*there is no deployment of that name; choose batch-25, /,
    ],
    [
      ['--deployment', 'naive-128', '--target', 'http://127.0.0.1:9'],
      /E_DEPLOYMENT_TARGET\]: --deployment and --target exclude each other/,
    ],
  ])('refuses %j before anything is started', async (args, line) => {
    const run = await runLoad([...SMALL, ...args], { out: null });
    expect(run.stderr).toMatch(line);
    expect(run.stderr).toMatch(/^[^\n]+\n$/);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await run.leftBehind()).toEqual([]);
  });
});
