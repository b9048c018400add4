import { readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recallK6Version } from '../../../lib/node/provision/probe-k6-version.ts';
import { temporaryFolder, writeProgram } from './fake-release.ts';

/** A fake k6 of a real one's size, which notes each time that it is started. */
async function writeLargeK6(path: string, version: string, log: string) {
  const script = `echo started >> '${log}'; echo 'k6 v${version} (go)'; exit 0\n`;
  return writeProgram(path, script + '#'.repeat(1_100_000));
}

async function startsIn(log: string): Promise<number> {
  return (await readFile(log, 'utf8')).split('started').length - 1;
}

it('asks an unchanged binary once, also by another link to it', async () => {
  const folder = await temporaryFolder();
  const log = join(folder, 'log');
  const path = await writeLargeK6(join(folder, 'k6'), '2.2.0', log);
  const link = join(folder, 'link');
  await symlink(path, link);
  const notes = join(folder, 'notes');
  for (const binary of [path, path, link]) {
    expect(await recallK6Version(binary, {}, notes)).toEqual({ version: '2.2.0' });
  }
  expect(await startsIn(log)).toBe(1);
});

it('asks again when the binary was replaced or touched', async () => {
  const folder = await temporaryFolder();
  const log = join(folder, 'log');
  const path = await writeLargeK6(join(folder, 'k6'), '2.2.0', log);
  const notes = join(folder, 'notes');
  await recallK6Version(path, {}, notes);
  await writeLargeK6(path, '2.3.0', log);
  await utimes(path, 1, 1);
  expect(await recallK6Version(path, {}, notes)).toEqual({ version: '2.3.0' });
  expect(await startsIn(log)).toBe(2);
});

it('asks a shim every time, for it may answer differently in each folder', async () => {
  const folder = await temporaryFolder();
  const notes = join(folder, 'notes');
  const answer = join(folder, 'answer');
  const small = await writeProgram(join(folder, 'k6'), `echo "k6 v$(/bin/cat '${answer}') (go)"`);
  await writeFile(answer, '2.2.0');
  expect(await recallK6Version(small, {}, notes)).toEqual({ version: '2.2.0' });
  await writeFile(answer, '0.57.0');
  expect(await recallK6Version(small, {}, notes)).toEqual({ version: '0.57.0' });

  const log = join(folder, 'log');
  const manager = await writeLargeK6(join(folder, 'mise'), '2.2.0', log);
  await symlink(manager, join(folder, 'k6-link'));
  await recallK6Version(join(folder, 'k6-link'), {}, notes);
  await recallK6Version(join(folder, 'k6-link'), {}, notes);
  expect(await startsIn(log)).toBe(2);
});

it('does without its notes when they are damaged or cannot be written', async () => {
  const folder = await temporaryFolder();
  const log = join(folder, 'log');
  const path = await writeLargeK6(join(folder, 'k6'), '2.2.0', log);
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(await recallK6Version(path, {}, file)).toEqual({ version: '2.2.0' });
});
