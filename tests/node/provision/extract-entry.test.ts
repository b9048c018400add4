import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { extractEntry } from '../../../lib/node/provision/extract-entry.ts';
import { temporaryFolder } from './fake-release.ts';

it('takes only the binary out of a zip, and makes it executable', async () => {
  const folder = await temporaryFolder();
  const archive = join(folder, 'k6.zip');
  const text = (value: string) => new TextEncoder().encode(value);
  await writeFile(
    archive,
    zipSync({ 'k6-v2.2.0-macos-arm64/k6': text('binary'), '../outside': text('no') }),
  );
  const entry = 'k6-v2.2.0-macos-arm64/k6';
  const path = await extractEntry(archive, { format: 'zip', entry }, folder);
  expect(await readFile(path, 'utf8')).toBe('binary');
  expect((await stat(path)).mode & 0o111).not.toBe(0);
  expect((await readdir(folder)).sort()).toEqual(['k6', 'k6.zip']);
});

it('says what a zip lacks', async () => {
  const folder = await temporaryFolder();
  const archive = join(folder, 'k6.zip');
  await writeFile(archive, zipSync({ other: new Uint8Array(1) }));
  await expect(extractEntry(archive, { format: 'zip', entry: 'a/k6' }, folder)).rejects.toThrow(
    'the archive has no a/k6',
  );
});
