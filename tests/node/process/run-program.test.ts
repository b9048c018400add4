import { describe, expect, it } from 'vitest';
import {
  type ProgramOptions,
  programProblem,
  runProgram,
} from '../../../lib/node/process/run-program.ts';

const sh = (command: string, options: Partial<ProgramOptions> = {}) =>
  runProgram({
    file: '/bin/sh',
    args: ['-c', command],
    env: { PATH: process.env['PATH'] },
    timeoutMs: 10_000,
    ...options,
  });

it('gives back what a program printed, and how it ended', async () => {
  expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
    exitCode: 3,
    signal: null,
    error: null,
    stdout: 'out\n',
    stderr: 'err\n',
    cutShort: null,
  });
});

it('keeps the end of a long stderr', async () => {
  const { stderr } = await sh('yes x | head -c 200000 >&2; echo end >&2');
  expect(stderr).toMatch(/x\nend\n$/);
  expect(stderr).toHaveLength(65_536);
});

it('puts characters together whose bytes come apart', async () => {
  const { stdout } = await sh("printf '\\303'; sleep 0.1; printf '\\266'");
  expect(stdout).toBe('ö');
});

describe('a program is cut short', () => {
  it('when it takes too long', async () => {
    const end = await sh('exec sleep 60', { timeoutMs: 100 });
    expect(end).toMatchObject({ cutShort: 'timeout', signal: 'SIGKILL' });
    expect(programProblem(end, 100)).toBe('no answer within 0.1 s');
  });

  it('when it prints too much', async () => {
    const end = await sh('exec yes', { maxOutput: 1000 });
    expect(end.cutShort).toBe('output');
    expect(programProblem(end, 100)).toBe('it printed too much');
  });

  it('when nobody waits for it any more, also from the start', async () => {
    const control = new AbortController();
    const running = sh('exec sleep 60', { abort: control.signal });
    control.abort();
    expect(await running).toMatchObject({ cutShort: 'abort' });
    expect(await sh('exec sleep 60', { abort: control.signal })).toMatchObject({
      cutShort: 'abort',
    });
  });
});

it.each([
  ['true', null],
  ['exit 4', 'exit code 4'],
  ['kill -TERM $$', 'ended by SIGTERM'],
])('%s: %s', async (command, problem) => {
  expect(programProblem(await sh(command), 1)).toBe(problem);
});

it('says that there is no such program', async () => {
  const end = await runProgram({ file: '/absent', env: {}, timeoutMs: 1000 });
  expect(programProblem(end, 1000)).toBe('ENOENT');
});
