import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/** Packages that are native, or look for files beside their own. */
const EXTERNAL = ['esbuild', 'playwright-core', 'snappy', 'ts-loader', 'tsx', 'tsx/*', 'webpack'];
/** Packages that few commands load, and late; bundling them would take a second. */
const RARE = ['@aws-lambda-powertools/*', '@aws-sdk/*', '@smithy/*'];

/** How long a bundle is kept after its last start: a process imports all parts of its bundle within seconds. */
const KEPT_MS = 60 * 60 * 1000;

/**
 * Bundles the command in `source` into `folder`, with source maps. The folder only appears once it is complete; if
 * another process was faster, its folder stays.
 */
export async function bundleCommand({ root, source, folder }) {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const unfinished = await mkdtemp(join(parent, '.unfinished-'));
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [source],
      outdir: unfinished,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      external: [...EXTERNAL, ...RARE],
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'silent',
      banner: { js: banner() },
      plugins: [sourceLocations(root)],
    });
    await rename(unfinished, folder).catch((error) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOld(parent);
}

/** CommonJS packages need `require`; a chunk lies three folders below the root. */
function banner() {
  return [
    "import { createRequire as __createRequire } from 'node:module';",
    "import { fileURLToPath as __fileURLToPath } from 'node:url';",
    'const require = __createRequire(import.meta.url);',
    'const __resolve = (name) => import.meta.resolve(name);',
    'const __sourceMeta = (file) => {',
    "  const url = new URL('../../../' + file, import.meta.url).href;",
    '  const filename = __fileURLToPath(url);',
    "  return { url, filename, dirname: __fileURLToPath(new URL('.', url)), resolve: __resolve };",
    '};',
  ].join('');
}

/** Keeps `import.meta` at the source file, from which code finds other files of the suite. */
function sourceLocations(root) {
  return {
    name: 'source-locations',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = relative(root, path).split(sep).join('/');
        if (file.startsWith('node_modules/')) return null;
        const text = await readFile(path, 'utf8');
        const meta = `__sourceMeta(${JSON.stringify(file)})`;
        return { contents: text.replaceAll(/\bimport\.meta\b/g, meta), loader: 'ts' };
      });
    },
  };
}

async function removeOld(parent) {
  for (const name of await readdir(parent)) {
    const folder = join(parent, name);
    // Another process may have removed it already.
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.NaN }));
    if (Date.now() - mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true });
  }
}
