import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bundleRelease } from '../../../lib/node/bundle/bundle-release.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface ScenarioTree {
  /** Writes `scenarios/<name>` and returns its path. */
  readonly write: (name: string, ...lines: readonly string[]) => Promise<string>;
  readonly release: (entries: readonly string[], outDir?: string) => Promise<string[]>;
}

/** A copy of what scenarios are made of, for as long as the running test. */
export async function copyScenarioTree(): Promise<ScenarioTree> {
  const root = await mkdtemp(join(tmpdir(), 'scenario-tree-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const path of ['lib/core', 'lib/questions', 'lib/k6', 'scenarios', 'tsconfig.base.json']) {
    await cp(join(ROOT, path), join(root, path), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const scenarioDir = join(root, 'scenarios');
  return {
    write: async (name, ...lines) => {
      await writeFile(join(scenarioDir, name), `${lines.join('\n')}\n`);
      return join(scenarioDir, name);
    },
    release: (entries, outDir = join(root, 'out')) =>
      bundleRelease({
        ...{ entries, outDir, libDir: join(root, 'lib'), rootDir: root },
        tsconfig: join(scenarioDir, 'tsconfig.json'),
      }),
  };
}
