import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import { startRecordingServer } from './support/recording-server.ts';
import { K6, outputOf, ROOT, runLoad, temporaryFolder } from './support/run-load.ts';

const SMALL = ['ab', '--profile', 'quick', '--rate', '40', '--duration', '24s'];

describe('npm run load:ab', () => {
  it('starts two deployments of the embedded order API', async () => {
    const run = await runLoad([
      ...[...SMALL, '--store', 'memory'],
      ...['--deployment', 'tuned-1024', '--deployment-b', 'naive-128', '--no-abort'],
    ]);
    const { target, targetB, answers } = await run.report();
    expect(target).toMatchObject({ deployment: 'tuned-1024', memoryMb: 1024, platform: 'local' });
    expect(targetB).toMatchObject({
      ...{ deployment: 'naive-128', memoryMb: 128, platform: 'local' },
      label: 'embedded order API (naive-128)',
    });
    expect(answers.ab?.latencyRatio.p50.ratio).toBeGreaterThan(1.5);
  });

  it('asks both targets before the load, and loads neither if one does not answer', async () => {
    const server = await startRecordingServer();
    const dead = await startRecordingServer();
    const deadUrl = dead.url.replace(/:\d+$/, ':9');
    const run = await runLoad([...SMALL, '--target', server.url, '--target-b', deadUrl]);
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain(`no HTTP response from ${deadUrl}`);
    expect(server.orders).toEqual([]);
  });

  it.each([
    [['--target', 'http://127.0.0.1:1'], /E_AB_TARGET\]: --target is arm A, and there is no arm B/],
    [
      ['--target', 'http://127.0.0.1:1', '--target-b', 'https://shop.example.com'],
      /E_HOST_NOT_ALLOWED\]: shop\.example\.com is not this machine/,
    ],
    [
      ['--target', 'http://127.0.0.1:1', '--target-b', 'http://127.0.0.1:2', '--max-rate', '39'],
      /E_CAP_RATE\]: The peak of 40 orders\/s/,
    ],
    [['--duration', '20s'], /E_AB_BLOCK\]: --duration: .*expected at least 24s with this profile/],
    [['--deployment-b', 'nonesuch'], /E_DEPLOYMENT\]: .*there is no deployment of that name/],
  ])('refuses %j before anything is started', async (args, line) => {
    const run = await runLoad([...SMALL, ...args], { out: null });
    expect(run.stderr).toMatch(line);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('plain k6', () => {
  async function plain(...more: readonly string[]) {
    const folder = await temporaryFolder();
    const entries = [join(ROOT, 'scenarios', 'ab.ts')];
    await bundleScenarios({ entries, outDir: folder, libDir: join(ROOT, 'lib') });
    const args = ['run', '--quiet', '-e', 'PROFILE=quick', '-e', 'RATE=5', '-e', 'DURATION=24s'];
    const options = { cwd: folder, env: { HOME: folder }, stdio: 'pipe' } as const;
    return outputOf(spawn(K6, [...args, ...more, 'ab.js'], options));
  }

  it('loads both, each order to one of them', async () => {
    const [a, b] = [await startRecordingServer(), await startRecordingServer()];
    const { exitCode } = await plain('-e', `BASE_URL=${a.url}`, '-e', `BASE_URL_B=${b.url}`);
    expect(exitCode).toBe(0);
    for (const { orders } of [a, b]) expect(orders).toHaveLength(60);
    const armOf = ({ body }: { body: string }) => /-r\d-([ab])-/.exec(body)?.[1];
    expect(new Set(a.orders.map(armOf))).toEqual(new Set(['a']));
    expect(new Set(b.orders.map(armOf))).toEqual(new Set(['b']));
  });

  it('wants an arm B', async () => {
    const { exitCode, stderr } = await plain();
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('ab loads two targets in turn; set BASE_URL and BASE_URL_B');
  });
});
