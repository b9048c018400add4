import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundlePath, bundleScenarios } from '../../../lib/node/bundle/bundle-scenario.ts';
import { copyScenarioTree } from './scenario-tree.ts';

const ROOT = join(import.meta.dirname, '../../..');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, ...lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

const bundle = (...entries: readonly string[]) =>
  bundleScenarios({ entries, outDir: join(folder, 'out'), libDir: join(ROOT, 'lib') });
/** A refusal in one line that ends a command with 2. */
const refusal = (message: RegExp) =>
  expect.objectContaining({
    code: 'E_BUNDLE',
    exitCode: 2,
    message: expect.stringMatching(new RegExp(`^[^\\n]*${message.source}[^\\n]*$`)),
  });

describe('bundleScenarios', () => {
  it('leaves k6 to k6, and takes the suite by its name', async () => {
    const entry = await write(
      'my flow.ts',
      "import http from 'k6/http';",
      "import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';",
      "const plan: object = loadPlanFromEnv('own');",
      'export default () => http.get(JSON.stringify(plan));',
    );
    const [path = ''] = await bundle(entry);
    expect(path).toBe(join(folder, 'out/my flow.js'));
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/from ?"k6\/http"/);
    expect(text).not.toContain('order-load');
    expect(await readdir(join(folder, 'out'))).toContain('my flow.js.map');
  });

  it.each(['node:fs', 'fs', 'fs/promises', 'node:http'])(
    'refuses %s, which k6 lacks',
    async (name) => {
      const entry = await write('own.ts', '// one', `import * as it from '${name}';`, 'it;');
      await expect(bundle(entry)).rejects.toEqual(refusal(/own\.ts:2:\d+: Could not resolve/));
    },
  );

  it('names the line of a syntax error', async () => {
    const entry = await write('own.ts', 'export default () => {', '  const = 1;', '};');
    await expect(bundle(entry)).rejects.toEqual(refusal(/own\.ts:2:\d+: /));
  });

  it('refuses a file that is not there', async () => {
    await expect(bundle(join(folder, 'gone.ts'))).rejects.toEqual(refusal(/gone\.ts/));
  });

  it('refuses an import that is not there', async () => {
    const entry = await write('own.ts', "import './gone.ts';");
    await expect(bundle(entry)).rejects.toEqual(refusal(/own\.ts:1:\d+: .*gone\.ts/));
  });
});

describe('bundlePath', () => {
  it.each(['a.ts', 'a.js', 'a.mts', 'x/a.cts'])('%s becomes a.js', (entry) => {
    expect(bundlePath('out', entry)).toBe(join('out', 'a.js'));
  });
});

describe('bundleRelease', () => {
  it('stops at a type error and names its line', async () => {
    const tree = await copyScenarioTree();
    const wrong = "  const count: number = 'text';";
    const entry = await tree.write(
      'own.ts',
      'export default (): void => {',
      wrong,
      '  count;',
      '};',
    );
    await expect(tree.release([entry])).rejects.toEqual(refusal(/own\.ts.*\b2[,:]\d+.*TS2322/));
  });

  it('stops at a type error in what a scenario imports', async () => {
    const tree = await copyScenarioTree();
    await tree.write('part.ts', 'export const rate: string = 5;');
    const entry = await tree.write(
      'own.ts',
      "import { rate } from './part.ts';",
      'export default () => rate;',
    );
    await expect(tree.release([entry])).rejects.toEqual(refusal(/part\.ts.*TS2322/));
  });

  it('stops at what k6 lacks', async () => {
    const tree = await copyScenarioTree();
    const lines = ["import { readFileSync } from 'node:fs';", 'export default () => readFileSync;'];
    const entry = await tree.write('own.ts', ...lines);
    await expect(tree.release([entry])).rejects.toEqual(refusal(/node:fs/));
  });
});
