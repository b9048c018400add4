import { join } from 'node:path';
import { bundlePage } from '../../lib/node/bundle/bundle-page.ts';
import type { AssetsOfKinds } from './sample-pages.ts';

const PAGE_DIR = join(import.meta.dirname, '../../lib/page');

/** Script and style of all pages, for a browser. */
export async function bundledAssets(): Promise<AssetsOfKinds> {
  const [report, trend, results] = await Promise.all([
    bundlePage(PAGE_DIR, 'report'),
    bundlePage(PAGE_DIR, 'trend'),
    bundlePage(PAGE_DIR, 'results'),
  ]);
  return { report, trend, results };
}
