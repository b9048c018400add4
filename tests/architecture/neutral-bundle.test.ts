import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';

const LIB = resolve(import.meta.dirname, '../../lib');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-load-neutral-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function bundle(name: string, code: string): Promise<string[]> {
  const entry = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(entry, code);
  return bundleScenarios({ entries: [entry], outDir: join(folder, 'dist'), libDir: LIB });
}

it('bundles a scenario that uses only k6', async () => {
  const bundles = await bundle(
    'sound.ts',
    "import http from 'k6/http';\nexport default () => http.get('x');\n",
  );
  expect(bundles).toEqual([join(folder, 'dist', 'sound.js')]);
});

it.each(['node:fs', 'fs', 'node:process'])(
  'refuses a scenario that imports %s',
  async (builtin) => {
    const name = `imports-${builtin.replace(':', '-')}.ts`;
    const code = `import * as builtin from '${builtin}';\nexport default () => builtin;\n`;
    await expect(bundle(name, code)).rejects.toThrow(`${name}:1:`);
  },
);
