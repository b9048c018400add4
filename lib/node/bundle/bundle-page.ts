import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { PageAssets } from '../../core/render/html/page-frame.ts';

/** Entry points of the pages: a report, the trends, and all results. */
const ENTRIES = {
  report: { page: 'main.ts', style: 'page.css' },
  trend: { page: 'trend.ts', style: 'runs.css' },
  results: { page: 'results.ts', style: 'runs.css' },
} as const;

/**
 * Bundles the script and the style of an HTML page from `pageDir`, the suite's `lib/page`. The same sources give the
 * same bytes, so rendering a report again gives the same page.
 */
export async function bundlePage(
  pageDir: string,
  kind: keyof typeof ENTRIES = 'report',
): Promise<PageAssets> {
  const { page, style: css } = ENTRIES[kind];
  const uplotDir = dirname(createRequire(import.meta.url).resolve('uplot/package.json'));
  const [{ outputFiles }, license] = await Promise.all([
    build({
      entryPoints: { page: join(pageDir, page), style: join(pageDir, css) },
      outdir: pageDir,
      write: false,
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    }),
    readFile(join(uplotDir, 'LICENSE'), 'utf8'),
  ]);
  const textOf = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  // Nothing in the script may end its element.
  const script = `/*! uPlot: ${license.trim()} */\n${textOf('.js')}`.replaceAll(
    '</script',
    '<\\/script',
  );
  const style = textOf('.css').replaceAll('</style', '<\\/style');
  return { script, scriptHash: hashOf(script), style, styleHash: hashOf(style) };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
