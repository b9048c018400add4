import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'order-load-start-'));
  for (const folder of ['lib', 'order-api', 'scripts']) await mkdir(join(root, folder));
  for (const file of ['start.mjs', 'bundle-command.mjs']) {
    await cp(join(REPOSITORY, 'scripts', file), join(root, 'scripts', file));
  }
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  await writeSources({
    'lib/greeting.ts': "export const greeting: string = 'one';\n",
    'scripts/greet.ts':
      "import { greeting } from '../lib/greeting.ts';\nconsole.log(greeting, ...process.argv.slice(2));\n",
  });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function writeSources(sources: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(sources)) await writeFile(join(root, file), text);
}

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const argv = [join(root, 'scripts/start.mjs'), ...args];
    execFile(process.execPath, argv, { cwd: tmpdir() }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const bundles = () => readdir(join(root, 'dist/commands'));

it('runs a command with its arguments, from a bundle that the next start takes again', async () => {
  expect(await start('greet', 'a', '--b')).toEqual({
    ...{ exitCode: 0, stdout: 'one a --b\n', stderr: '' },
  });
  const made = await bundles();
  expect(made).toHaveLength(1);
  const file = join(root, 'dist/commands', made[0] as string, 'greet.js');
  const { ino } = await stat(file);
  expect((await start('greet')).stdout).toBe('one\n');
  expect(await bundles()).toEqual(made);
  expect((await stat(file)).ino).toBe(ino);
});

it('removes bundles that were not started for an hour, and no others', async () => {
  const folder = join(root, 'dist/commands');
  for (const [name, ageMinutes] of Object.entries({ old: 61, young: 59 })) {
    await mkdir(join(folder, name), { recursive: true });
    const then = Date.now() / 1000 - ageMinutes * 60;
    await utimes(join(folder, name), then, then);
  }
  await start('greet');
  expect(await bundles()).toEqual([expect.stringMatching(/^greet-/), 'young']);
  const [own] = await bundles();
  await utimes(join(folder, own as string), 1000, 1000);
  await start('greet');
  await writeSources({ 'lib/greeting.ts': 'export const greeting = 3;\n' });
  await start('greet');
  expect(await bundles()).toContain(own);
});

it('runs the source as it is now, though its size and its time are those of before', async () => {
  const file = join(root, 'lib/greeting.ts');
  await utimes(file, 1000, 1000);
  expect((await start('greet')).stdout).toBe('one\n');
  await writeSources({ 'lib/greeting.ts': "export const greeting: string = 'two';\n" });
  await utimes(file, 1000, 1000);
  expect((await start('greet')).stdout).toBe('two\n');
  await writeSources({ 'lib/greeting.ts': "export const greeting: string = 'one';\n" });
  expect((await start('greet')).stdout).toBe('one\n');
});

it('makes one complete bundle where many processes start first at the same time', async () => {
  const ended = await Promise.all(Array.from({ length: 6 }, () => start('greet')));
  expect(ended).toEqual(
    Array.from({ length: 6 }, () => ({ exitCode: 0, stdout: 'one\n', stderr: '' })),
  );
  expect(await bundles()).toHaveLength(1);
});

it('keeps the places of the sources: import.meta, and the lines of a stack', async () => {
  await writeSources({
    'lib/greeting.ts':
      'export function fail(): never {\n  throw new Error(import.meta.filename);\n}\n',
    'scripts/greet.ts': "import { fail } from '../lib/greeting.ts';\n\nfail();\n",
  });
  const { exitCode, stderr } = await start('greet');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`Error: ${join(root, 'lib/greeting.ts')}\n`);
  expect(stderr).toMatch(/lib\/greeting\.ts:2:9/);
  expect(stderr).toMatch(/scripts\/greet\.ts:3:1/);
});

it('runs without a bundle, and says why, where none can be written', async () => {
  await writeFile(join(root, 'dist'), 'a file where the folder ought to be');
  const { exitCode, stdout, stderr } = await start('greet');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'one\n' });
  expect(stderr).toMatch(/^note: slow start, because .*: E\w+.*\n$/);
});

it('keeps the warning of the AWS SDK about versions of Node off stderr, and no other', async () => {
  await writeSources({
    'scripts/greet.ts':
      "import { LambdaClient } from '@aws-sdk/client-lambda';\nnew LambdaClient({ region: 'eu-west-1' });\nprocess.emitWarning('other');\n",
  });
  const { exitCode, stderr } = await start('greet');
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^\(node:\d+\) Warning: other\n.*\n$/);
});

it('names the place of a syntax error', async () => {
  await writeSources({ 'lib/greeting.ts': 'export const greeting = ;\n' });
  const { exitCode, stderr } = await start('greet');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/lib\/greeting\.ts:1:24/);
});

it.each<[string, string[], RegExp, number]>([
  ['there is no such command', ['tomorrow'], /^error \[E_USAGE\]: there is no command tomorrow/, 2],
  ['no command is named', [], /^error \[E_USAGE\]/, 2],
])('says in one line that %s', async (_, args, line, exitCode) => {
  const ended = await start(...args);
  expect(ended.stderr).toMatch(line);
  expect(ended.exitCode).toBe(exitCode);
});

it('says in one line what to do where no package is installed', async () => {
  await rm(join(root, 'node_modules'));
  const { exitCode, stderr } = await start('greet');
  expect(stderr).toBe(
    `error [E_NOT_INSTALLED]: the suite's packages are missing: run npm ci in ${root}\n`,
  );
  expect(exitCode).toBe(4);
});
