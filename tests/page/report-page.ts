import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { PageAssets } from '../../lib/core/render/html/page-frame.ts';
import { renderHtml } from '../../lib/core/render/html/render-html.ts';
import { bundlePage } from '../../lib/node/bundle/bundle-page.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';

const PAGE_DIR = join(import.meta.dirname, '../../lib/page');

let assets: Promise<PageAssets> | undefined;

/** Script and style of the page, bundled once. */
export function pageAssets(): Promise<PageAssets> {
  assets ??= bundlePage(PAGE_DIR);
  return assets;
}

export interface OpenedReport {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: readonly string[];
  /** URLs that were asked for beside the file itself. */
  readonly requests: readonly string[];
  /** The report as the page embeds it. */
  readonly embedded: () => Promise<AnsweredReport>;
}

/** Opens the page of a report from disk, as a reader would. */
export async function openReport(
  browser: Browser,
  report: AnsweredReport,
  options: BrowserContextOptions = {},
  change: (html: string) => string = (html) => html,
): Promise<OpenedReport> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.html');
  await writeFile(file, change(renderHtml(report, await pageAssets())));
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  onTestFinished(() => page.close());
  const watched = watch(page, pathToFileURL(file).href);
  await page.goto(pathToFileURL(file).href);
  const embedded = async (): Promise<AnsweredReport> =>
    JSON.parse((await page.textContent('#data')) ?? '').report;
  return { page, ...watched, embedded };
}

function watch(page: Page, itself: string) {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (url !== itself && !url.startsWith('data:')) requests.push(url);
  });
  return { complaints, requests };
}
