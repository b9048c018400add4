import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigFile } from '../../../lib/node/config/read-config-file.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'load-config-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFile(join(dir, name), text);

it('finds nothing in an empty folder', async () => {
  expect(await readConfigFile(dir, null)).toBeNull();
});

it('finds load.config.json', async () => {
  await write('load.config.json', '\uFEFF{"rate": 5}');
  expect(await readConfigFile(dir, null)).toEqual({
    path: 'load.config.json',
    config: { rate: 5 },
  });
});

it('finds load.config.ts', async () => {
  await write('load.config.ts', 'const rate: number = 5;\nexport default { rate };\n');
  expect(await readConfigFile(dir, null)).toEqual({ path: 'load.config.ts', config: { rate: 5 } });
});

it('reads the file it is told to, by the name it was told', async () => {
  await write('load.config.json', '{"rate": 5}');
  await write('other.json', '{"rate": 6}');
  expect(await readConfigFile(dir, './other.json')).toEqual({
    path: './other.json',
    config: { rate: 6 },
  });
});

describe('refuses in one line', () => {
  it.each<[string, Record<string, string>, string | null, RegExp]>([
    ['two files', { 'load.config.ts': '', 'load.config.json': '{}' }, null, /both exist/],
    ['a missing file', {}, 'mine.json', /^mine\.json: no such file/],
    [
      'broken JSON',
      { 'load.config.json': '{"rate": 5,}' },
      null,
      /^load\.config\.json: cannot be read: /,
    ],
    ['an empty file', { 'load.config.json': '' }, null, /^load\.config\.json: cannot be read: /],
    [
      'broken TypeScript',
      { 'load.config.ts': 'export default {' },
      null,
      /^load\.config\.ts: cannot be read: /,
    ],
    [
      'TypeScript that throws',
      { 'load.config.ts': 'throw new Error("no\\nway")' },
      null,
      /cannot be read: no$/,
    ],
    [
      'no default export',
      { 'load.config.ts': 'export const a = 1' },
      null,
      /has no default export/,
    ],
    [
      'an unknown key',
      { 'load.config.ts': 'export default { raet: 1 }' },
      null,
      /did you mean rate\?$/,
    ],
  ])('%s', async (_, files, path, message) => {
    for (const [name, text] of Object.entries(files)) await write(name, text);
    const error = await readConfigFile(dir, path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'E_CONFIG_FILE',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    expect((error as Error).message).not.toContain('\n');
  });
});
