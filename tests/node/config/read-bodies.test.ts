import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { readBodyRows, withBodies } from '../../../lib/node/config/read-bodies.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

const configOf = (bodies: string | undefined) =>
  resolveConfig({
    questions: QUESTION_PROFILES,
    ...{ scenario: 'steady', flags: {}, env: {} },
    file: { path: 'load.config.json', config: { order: { bodies } } },
  });

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'order-load-bodies-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

it('leaves a configuration alone that names no file', async () => {
  const config = configOf(undefined);
  expect(await withBodies(config, '/')).toBe(config);
  expect(await readBodyRows(config)).toEqual([]);
});

it('reads a file as editors of every system write it', async () => {
  const cwd = await folder();
  const text = '\uFEFF{"a":1}\r\n\r\n  {"a":2}\n';
  await writeFile(join(cwd, 'orders.jsonl'), text);
  const config = await withBodies(configOf('orders.jsonl'), cwd);
  expect(config.mapping.bodies).toEqual({
    ...{ file: 'orders.jsonl', rows: 2, ownIds: false },
    sha256: createHash('sha256').update(text).digest('hex'),
  });
  expect(await readBodyRows(config)).toEqual(['{"a":1}', '{"a":2}']);
});

it('says in one line that a file cannot be read', async () => {
  const reading = withBodies(configOf('nowhere.jsonl'), await folder());
  await expect(reading).rejects.toThrow(/^order\.bodies: cannot read nowhere\.jsonl \(ENOENT\)/);
});
