import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { runMain } from '../lib/app/cli/run-main.ts';
import { bundleScenarios } from '../lib/node/bundle/bundle-scenario.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

interface Flags {
  readonly release?: true;
  readonly out?: string;
}

runMain(process, async () => {
  const flags = new Command('npm run build --')
    .description('Bundles every scenario for k6.')
    .option('--release', 'type-check and bundle with webpack and ts-loader instead of esbuild')
    .option('--out <dir>', 'folder for the bundles (default: dist)')
    .exitOverride()
    .parse()
    .opts<Flags>();

  const scenarioDir = join(ROOT, 'scenarios');
  const files = (await readdir(scenarioDir)).filter((file) => file.endsWith('.ts')).sort();
  const options = {
    entries: files.map((file) => join(scenarioDir, file)),
    outDir: resolve(flags.out ?? join(ROOT, 'dist')),
    libDir: join(ROOT, 'lib'),
  };
  const startedMs = performance.now();
  const bundles = flags.release
    ? await (await import('../lib/node/bundle/bundle-release.ts')).bundleRelease({
        ...options,
        tsconfig: join(scenarioDir, 'tsconfig.json'),
        rootDir: ROOT,
      })
    : await bundleScenarios(options);
  const tookMs = Math.round(performance.now() - startedMs);
  process.stderr.write(`${bundles.length} scenarios bundled in ${tookMs} ms\n`);
  for (const bundle of bundles) process.stdout.write(`${relative(process.cwd(), bundle)}\n`);
  return 0;
});
