import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ProcessOptions, startProcess } from '../../../lib/node/process/start-process.ts';

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'order-load-process-')));
});
afterEach(() => rm(dir, { recursive: true }));

/** A process that runs a script of Node, and the lines it has printed so far. */
function start(body: string, options: Partial<ProcessOptions> = {}) {
  const lines: string[] = [];
  const running = startProcess({
    file: process.execPath,
    args: ['-e', body],
    env: process.env,
    onLine: (line, from) => void lines.push(`${from} ${line}`),
    ...options,
  });
  onTestFinished(running.kill);
  return { ...running, lines };
}

const STAYS = "console.log('here'); setInterval(() => {}, 1000);";
const STUBBORN = `process.on('SIGTERM', () => console.log('no')); ${STAYS}`;

const printed = (lines: readonly string[], line: string) =>
  expect.poll(() => lines, { timeout: 10_000 }).toContain(line);

const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a process', () => {
  it('gets its arguments and its environment as they are, and no more', async () => {
    process.env['ORDER_LOAD_UNSEEN'] = 'x';
    onTestFinished(() => void delete process.env['ORDER_LOAD_UNSEEN']);
    const odd = [`a b`, `$HOME`, `'"\\`, '; exit 9', ''];
    const body =
      'console.log(JSON.stringify([process.argv.slice(1), process.env.WORD, process.env.ORDER_LOAD_UNSEEN]))';
    const { lines, ended } = start(body, {
      args: ['-e', body, '--', ...odd],
      env: { WORD: '$PATH `id`' },
    });
    expect(await ended).toEqual({ exitCode: 0, signal: null, error: null });
    expect(lines).toEqual([`stdout ${JSON.stringify([odd, '$PATH `id`', null])}`]);
  });

  it('works in the folder of this process, also when that has changed', async () => {
    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    process.chdir(dir);
    const { lines, ended } = start('console.log(process.cwd())');
    await ended;
    expect(lines).toEqual([`stdout ${dir}`]);
  });

  it('tells its exit code, its signal, or why it could not be started', async () => {
    expect(await start('process.exitCode = 7').ended).toMatchObject({ exitCode: 7, signal: null });
    const killed = await start("process.kill(process.pid, 'SIGTERM')").ended;
    expect(killed).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
    const absent = start('', { file: join(dir, 'absent') });
    expect(absent.pid).toBeUndefined();
    const { exitCode, error } = await absent.ended;
    expect(exitCode).toBeNull();
    expect(error).toMatchObject({ code: 'ENOENT' });
    await absent.stop();
  });

  it('has ended only when its last line was read, though it has no line end', async () => {
    const body = "console.log('y'.repeat(300_000)); process.stderr.write('last');";
    const { lines, ended } = start(body);
    await ended;
    expect(lines.map((line) => line.length).sort()).toEqual([11, 300_007].sort());
    expect(lines).toContain('stderr last');
  });

  it('has an empty stdin', async () => {
    const body = "process.stdin.on('data', () => {}).on('end', () => console.log('end of input'))";
    const { lines, ended } = start(body);
    await ended;
    expect(lines).toEqual(['stdout end of input']);
  });

  it('may be a line for the shell', async () => {
    const { lines, ended } = start('', {
      file: 'echo "$WORD" | tr a-z A-Z',
      args: [],
      isShellCommand: true,
      env: { ...process.env, WORD: 'up' },
    });
    await ended;
    expect(lines).toEqual(['stdout UP']);
  });

  it('runs without regard to variables of zx', async () => {
    const zx = { ZX_TIMEOUT: '1ms', ZX_SHELL: '/bin/false', ZX_PREFIX: 'exit 5;' };
    const module = JSON.stringify(
      import.meta.resolve('../../../lib/node/process/start-process.ts'),
    );
    const body = `const { startProcess } = await import(${module});
      const { ended } = startProcess({ file: '/bin/sleep', args: ['0.2'], env: {} });
      console.log(JSON.stringify(await ended));`;
    const { lines, ended } = start('', {
      args: ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', body],
      env: { ...process.env, ...zx },
    });
    await ended;
    expect(lines).toEqual(['stdout {"exitCode":0,"signal":null,"error":null}']);
  });
});

describe('a process is ended', () => {
  it('by a signal that it may answer', async () => {
    const body = `process.on('SIGINT', () => { console.log('flushed'); process.exit(105); }); ${STAYS}`;
    const { lines, ended, signal } = start(body);
    await printed(lines, 'stdout here');
    signal('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 105, signal: null });
    expect(lines).toEqual(['stdout here', 'stdout flushed']);
    signal('SIGINT');
  });

  it('by force where it does not end when it is asked to', async () => {
    const { lines, stop, pid } = start(STUBBORN);
    await printed(lines, 'stdout here');
    expect(await stop(200)).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(lines).toContain('stdout no');
    expect(isAlive(pid)).toBe(false);
    expect(await stop()).toMatchObject({ signal: 'SIGKILL' });
  });

  it('with all that it started, in a group of its own', async () => {
    const body = `const { spawn } = require('node:child_process');
      const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(pid); setInterval(() => {}, 1000);`;
    const { lines, kill, ended, pid } = start(body, { ownGroup: true });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    const inner = Number(lines[0]?.split(' ')[1]);
    expect(isAlive(inner)).toBe(true);
    kill();
    await ended;
    await expect.poll(() => isAlive(inner), { timeout: 10_000 }).toBe(false);
    expect(isAlive(pid)).toBe(false);
  });

  it('though what it started holds its output open', async () => {
    const { lines, kill, ended } = start('', {
      file: "sh -c 'echo here; sleep 30 & echo $!; wait'",
      args: [],
      isShellCommand: true,
    });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(2);
    onTestFinished(() => void process.kill(Number(lines[1]?.split(' ')[1])));
    kill();
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
  });
});

describe('a process that holds stdin', () => {
  it('runs until the one that started it is gone', async () => {
    const module = JSON.stringify(
      import.meta.resolve('../../../lib/node/process/start-process.ts'),
    );
    const inner = `process.stdin.on('end', () => process.exit()).resume();
      setTimeout(() => console.log(process.pid), 300); setInterval(() => {}, 1000);`;
    const body = `const { startProcess } = await import(${module});
      startProcess({
        ...{ file: process.execPath, args: ['-e', ${JSON.stringify(inner)}], env: {} },
        ...{ holdsStdin: true, ownGroup: true, onLine: (line) => console.log(line) },
      });`;
    const { lines, kill, ended } = start('', {
      args: ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', body],
    });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    const pid = Number(lines[0]?.split(' ')[1]);
    expect(isAlive(pid)).toBe(true);
    kill();
    await ended;
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
