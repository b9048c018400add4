import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../node/provision/fake-release.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Runs a script whose `main` has the given body; a stream that is not read is closed at once. */
async function runBody(body: string, { readStdout = true, readStderr = true } = {}) {
  const file = join(await temporaryFolder(), 'script.ts');
  await writeFile(
    file,
    `import { runMain } from '${ROOT}/lib/app/cli/run-main.ts';
import { UserError } from '${ROOT}/lib/core/errors/user-error.ts';
runMain(process, async () => { ${body} });`,
  );
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  if (readStdout) child.stdout.resume();
  else child.stdout.destroy();
  if (!readStderr) child.stderr.destroy();
  const [exitCode] = await once(child, 'close');
  return { exitCode, stderr };
}

it('ends with the number that main returns', async () => {
  expect(await runBody('return 3;')).toEqual({ exitCode: 3, stderr: '' });
});

it('shows an error that the user can mend as one line', async () => {
  const outcome = await runBody("throw new UserError('E_X', 'no target; start one', 4);");
  expect(outcome).toEqual({ exitCode: 4, stderr: 'error [E_X]: no target; start one\n' });
});

it('keeps the stack of any other error, and ends with 70', async () => {
  const { exitCode, stderr } = await runBody("throw new TypeError('boom');");
  expect(stderr).toMatch(/^TypeError: boom\n +at .*\n[\s\S]*please report it/);
  expect(exitCode).toBe(70);
});

it('does not pass when main never ends', async () => {
  expect(await runBody('return new Promise<number>(() => {});')).toMatchObject({ exitCode: 70 });
});

it.each(['stdout', 'stderr'])(
  'keeps its exit code, silently, when nobody reads its %s',
  async (stream) => {
    const body = `for (let i = 0; i < 2000; i += 1) {
    process.${stream}.write('x'.repeat(1000));
    await new Promise(setImmediate);
  }
  return 1;`;
    const read = { readStdout: stream !== 'stdout', readStderr: stream !== 'stderr' };
    expect(await runBody(body, read)).toEqual({ exitCode: 1, stderr: '' });
  },
);
