import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePowerFlags } from '../../../lib/app/tune/parse-power-flags.ts';
import { writeSweepRecord } from '../../../lib/app/tune/sweep-record.ts';

const parse = (argv: string, env: Record<string, string> = {}) =>
  parsePowerFlags(argv.split(' ').filter(Boolean), env);

describe('parsePowerFlags', () => {
  it('passes what it does not know to the load runs', async () => {
    const flags = await parse('--memory 512,128,512 --rate 20 --arch x86,arm --label a --json');
    expect(flags).toMatchObject({
      memoryMb: [128, 512],
      architectures: ['x86', 'arm'],
      rounds: 4,
      scenario: 'steady',
      yes: false,
      resumed: null,
      strategy: null,
      runArgs: ['--rate', '20', '--label', 'a', '--json'],
      own: ['--memory', '128,512', '--arch', 'x86,arm'],
    });
  });

  it('takes all for the sizes that aws-lambda-power-tuning takes for ALL', async () => {
    const { memoryMb } = await parse('--memory all');
    expect(memoryMb).toHaveLength(46);
    expect(memoryMb?.slice(0, 3)).toEqual([128, 192, 256]);
    expect(memoryMb?.at(-1)).toBe(3008);
  });

  it.each(['100', '128,', '128.5', '20000', 'many', ''])('refuses --memory %j', async (sizes) => {
    await expect(parsePowerFlags(['--memory', sizes], {})).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringMatching(/It must be whole numbers from 128 to 10240 MB/),
    });
  });

  it.each([
    ['--memory=128,256', '128,256'],
    ['--memory 128,256', 'true'],
  ])('says that npm took %s, given without --', async (_, value) => {
    const argv = value === 'true' ? '128,256' : '';
    const env = { npm_config_memory: value, npm_lifecycle_event: 'tune:power' };
    await expect(parse(argv, env)).rejects.toMatchObject({
      code: 'E_NPM_TOOK_FLAG',
      message: expect.stringContaining('npm run tune:power -- --memory'),
    });
  });

  it("leaves alone what an .npmrc sets for npm's own use", async () => {
    await expect(
      parse('', { npm_config_arch: 'arm64', npm_config_yes: 'true' }),
    ).resolves.toBeDefined();
    await expect(parse('', { npm_config_arch: 'arm' })).rejects.toThrow(/npm took --arch/);
  });

  it.each(['--out x', '--live', '--target-b=http://x'])(
    'refuses %s, of a single run',
    async (argv) => {
      await expect(parse(argv)).rejects.toThrow(/has no place in a sweep/);
    },
  );
});

describe('parsePowerFlags with --resume', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'resume-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const record = (kind: 'power' | 'batch', ...command: string[]) =>
    writeSweepRecord(dir, {
      recordVersion: 1,
      kind,
      id: 'a',
      command,
      seed: 7,
      startedAt: '2026-01-31T10:00:00.000Z',
      resumptions: 0,
    });

  it('takes the options of the sweep that was interrupted', async () => {
    await record('power', '--memory', '128,512', '--rounds', '3', '--http1', '--rate', '20');
    const flags = await parse(`--resume ${dir} --yes`);
    expect(flags).toMatchObject({
      memoryMb: [128, 512],
      rounds: 3,
      yes: true,
      runArgs: ['--http1', '--rate', '20'],
      own: ['--memory', '128,512', '--rounds', '3'],
      resumed: { dir, record: { id: 'a', seed: 7 } },
    });
    await expect(parse(`--resume ${dir} --rounds 5`)).resolves.toMatchObject({ rounds: 5 });
  });

  it('refuses to change what is measured', async () => {
    await record('power', '--memory', '128,512');
    await expect(parse(`--resume ${dir} --memory 256`)).rejects.toThrow(
      '--memory cannot be given with --resume',
    );
  });

  it('wants an option again whose value was not stored', async () => {
    await record('power', '--query', 'key=***', '--rate', '20');
    await expect(parse(`--resume ${dir}`)).rejects.toThrow('give --query again');
    await expect(parse(`--resume ${dir} --query key=1`)).resolves.toMatchObject({
      runArgs: ['--rate', '20', '--query', 'key=1'],
    });
  });

  it('refuses a folder without a sweep, or with one of another kind', async () => {
    await expect(parse(`--resume ${dir}`)).rejects.toThrow('there is no sweep to go on with');
    await record('batch');
    await expect(parse(`--resume ${dir}`)).rejects.toThrow('this is a sweep of npm run tune:batch');
  });
});
