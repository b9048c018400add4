import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

export interface OpenedHtml {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, dialogs, and URLs that were asked for beside the file itself. */
  readonly complaints: readonly string[];
}

/** Opens a page from disk, as a reader would; closed and deleted when the test ends. */
export async function openHtml(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenedHtml> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-html-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.html');
  await writeFile(file, html);
  const { href } = pathToFileURL(file);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => page.close());
  const complaints: string[] = [];
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
    if (url.split('#')[0] !== href && !url.startsWith('data:')) complaints.push(url);
  });
  await page.goto(href);
  return { page, complaints };
}
