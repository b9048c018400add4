import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killSweep } from '../../bench/kill-sweep.ts';
import { seededRandom } from '../../lib/core/load/seeded-random.ts';
import { parseTune } from '../../lib/core/tune/parse-tune.ts';
import { openLocalControl } from '../../lib/node/platform/local-control.ts';
import { temporaryFolder } from './support/run-load.ts';
import { tune, tuneEnvironment } from './support/run-tune.ts';
import { startOrderApi } from './support/start-order-api.ts';

/**
 * Work that a small size does slowly, and waiting that it does not: 37 / min(1, MB / 1,769) + 60 ms. A call takes about
 * 570 ms at 128 MB, 190 at 512 and 97 at 1,769, so 128 MB is the cheapest, 1,769 MB the fastest, and 512 MB the cheapest
 * below 400 ms.
 */
const MIX = { 'work-ms': 37, 'io-ms': 60, 'first-work-ms': 37, 'first-io-ms': 60 };
const MIX_FLAGS = Object.entries(MIX).flatMap(([name, value]) => [`--${name}`, String(value)]);
const SHORT = ['--memory', '128,512,1769', '--rate', '20', '--duration', '1s', '--warmup', '1s'];

async function sweepFolder(cwd: string): Promise<string> {
  const names = await readdir(join(cwd, 'results/tune'));
  return join('results/tune', names.find((name) => /^\d/.test(name)) ?? '');
}

/** The settings of the function that creates orders. */
async function settingsAt(url: string) {
  const control = await openLocalControl(url);
  const state = await control.readFunction('create-order');
  await control.close();
  return state;
}

/** The journals of sweeps; a kill may have left the beginning of one, which is hidden. */
async function journals(cwd: string): Promise<readonly string[]> {
  const names = await readdir(join(cwd, 'results/tune/journal')).catch(() => []);
  return names.filter((name) => !name.startsWith('.'));
}

describe('npm run tune:power', () => {
  it('finds the best size of a model whose best sizes are known, and puts the memory back', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startOrderApi('--control', '--memory', '768', ...MIX_FLAGS);
    const before = await settingsAt(url);
    const at = ['--target', url, '--lens', 'local', '--rounds', '3', '--slo-p95', '400'];
    const { exitCode, stdout, stderr } = await tune(['power', ...SHORT, ...at, '--json'], { cwd });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain(`function  create-order of the local order API at ${url}`);
    expect(stderr).toContain('changes   memory to 128, 512 and 1769 MB (now 768); put back');
    expect(stderr.match(/^round \d of 3, \d+ MB: p95 .* warm, \d+ cold$/gm)).toHaveLength(9);
    const { run, subject, power } = parseTune(stdout, 'stdout');
    expect(run.status).toBe('completed');
    expect(subject).toMatchObject({ function: 'create-order', method: 'load', restored: true });
    const best = Object.fromEntries(
      power?.choices.map(({ strategy, chosen }) => [strategy, chosen?.memoryMb]) ?? [],
    );
    expect(best).toMatchObject({ cost: 128, speed: 1769, slo: 512 });
    expect(power?.choice.chosen).toEqual({ memoryMb: 512, architecture: 'x86' });
    const [small] = power?.sizes ?? [];
    expect(small?.invocations).toBeGreaterThan(50);
    expect(small?.durationMs?.value).toBeGreaterThan(500);
    expect(small?.durationMs?.value).toBeLessThan(700);
    expect(await settingsAt(url)).toEqual(before);
    expect(await journals(cwd)).toEqual([]);
    const dir = join(cwd, await sweepFolder(cwd));
    expect(await readdir(dir)).toEqual(
      expect.arrayContaining(['tune.json', 'tune.md', 'tune.html', 'power-tuning-x86.json']),
    );
    expect(await readdir(join(dir, 'rounds'))).toHaveLength(9);
    // The runs of a sweep are in no history of loads.
    expect(await readdir(join(cwd, 'results/history'))).toEqual(['sweeps']);
  });

  it('goes on after a size that fails, on an order API of its own', async () => {
    const cwd = await temporaryFolder();
    const deployment = join(cwd, 'slow.json');
    await writeFile(
      deployment,
      JSON.stringify({ description: 'Too slow at 128 MB', options: { ...MIX, 'timeout-ms': 400 } }),
    );
    const { exitCode, stdout, stderr } = await tune(
      ['power', ...SHORT, '--deployment', deployment, '--rounds', '2', '--json'],
      { cwd },
    );
    expect(exitCode, stderr).toBe(0);
    const { power, subject } = parseTune(stdout, 'stdout');
    expect(power?.sizes.map(({ memoryMb, status }) => [memoryMb, status])).toEqual([
      [128, 'failed'],
      [512, 'measured'],
      [1769, 'measured'],
    ]);
    expect(power?.sizes[0]?.problem).toMatch(/timed out|timeout/);
    expect(power?.choice.chosen?.memoryMb).toBe(512);
    expect(subject.restored).toBe(true);
  });

  it('measures by direct calls, and reads the input of aws-lambda-power-tuning', async () => {
    const cwd = await temporaryFolder();
    const input = join(cwd, 'input.json');
    const payload = { body: JSON.stringify({ orderId: 'a' }), requestContext: {} };
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
    await writeFile(
      input,
      JSON.stringify({
        lambdaARN: arn,
        num: 12,
        powerValues: [512, 1769],
        strategy: 'speed',
        payload,
      }),
    );
    const { exitCode, stdout, stderr } = await tune(
      ['power', '--input', input, '--rounds', '2', '--json'],
      { cwd },
    );
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('calls     6 direct calls of each size in a round');
    const { power, subject, notes } = parseTune(stdout, 'stdout');
    expect(subject).toMatchObject({ method: 'invoke', target: null, callsPerRound: 6 });
    expect(power).toMatchObject({ strategy: 'speed', choice: { chosen: { memoryMb: 1769 } } });
    expect(notes).toContain('create-order was measured instead of orders of the input');
    const { power: memory } = JSON.parse(
      await readFile(join(cwd, await sweepFolder(cwd), 'power-tuning-x86.json'), 'utf8'),
    ) as { power: number };
    expect(memory).toBe(1769);
  });

  it('goes on after SIGKILL where it was, with the settings back', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startOrderApi('--control', '--memory', '768', ...MIX_FLAGS);
    const before = await settingsAt(url);
    const at = ['--target', url, '--lens', 'local', '--rounds', '2'];
    await tune(['power', ...SHORT, ...at], {
      cwd,
      whileRunning: (child) => {
        child.stderr?.on('data', (text: string) => {
          if (text.includes('round 1 of 2')) child.kill('SIGKILL');
        });
      },
    });
    expect(await journals(cwd)).toHaveLength(1);
    const dir = await sweepFolder(cwd);
    const resumed = await tune(['power', '--resume', dir, '--json'], { cwd });
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(resumed.stderr).toContain('put back after the sweep');
    expect(resumed.stderr.match(/^round /gm)?.length).toBe(5);
    const { run, power } = parseTune(resumed.stdout, 'stdout');
    expect(run).toMatchObject({ status: 'completed', resumptions: 1, rounds: 2 });
    expect(power?.sizes.map(({ rounds }) => rounds)).toEqual([2, 2, 2]);
    expect(await settingsAt(url)).toEqual(before);
    expect(await journals(cwd)).toEqual([]);
  });

  it('ends on SIGINT with what it has, and says how to go on', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startOrderApi('--control', '--memory', '768', ...MIX_FLAGS);
    const before = await settingsAt(url);
    const at = ['--target', url, '--lens', 'local', '--rounds', '2'];
    const { exitCode, stdout, stderr } = await tune(['power', ...SHORT, ...at, '--json'], {
      cwd,
      whileRunning: (child) => {
        child.stderr?.on('data', (text: string) => {
          if (text.includes('round 1 of 2')) child.kill('SIGINT');
        });
      },
    });
    expect(exitCode, stderr).toBe(130);
    const dir = await sweepFolder(cwd);
    expect(stderr).toContain(`npm run tune:power -- --resume ${dir}`);
    const { run, power, subject } = parseTune(stdout, 'stdout');
    expect(run.status).toBe('interrupted');
    expect(power?.sizes.filter(({ status }) => status === 'measured')).toHaveLength(1);
    expect(subject.restored).toBe(true);
    expect(await settingsAt(url)).toEqual(before);
  });

  it('leaves the settings as they were, whenever it is ended', async () => {
    const cwd = await temporaryFolder();
    const { url } = await startOrderApi('--control', '--memory', '768');
    const random = seededRandom(20, 0);
    for (const signal of ['SIGINT', 'SIGKILL', 'SIGINT', 'SIGKILL'] as const) {
      const afterMs = 500 + random() * 4000;
      const env = tuneEnvironment(cwd);
      const { before, atEnd, afterNext } = await killSweep({ url, cwd, env, signal, afterMs });
      if (signal === 'SIGINT') expect(atEnd).toEqual(before);
      expect(afterNext).toEqual(before);
      expect(await journals(cwd)).toEqual([]);
    }
  });

  it('ends with exit code 1 if no size keeps the SLO, and with 4 if the API is gone', async () => {
    const cwd = await temporaryFolder();
    const at = ['--memory', '512', '--rounds', '1', '--rate', '20', '--duration', '1s'];
    const missed = await tune(['power', ...at, '--slo-p95', '1'], { cwd });
    expect(missed.exitCode, missed.stderr).toBe(1);
    const gone = await tune(['power', '--target', 'http://127.0.0.1:9', '--lens', 'local'], {
      cwd,
    });
    expect(gone.exitCode).toBe(4);
    expect(gone.stderr).toContain('error [E_PLATFORM_UNREACHABLE]');
  });
});
