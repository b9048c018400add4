import type { Browser } from 'playwright-core';
import { afterAll, type TestContext } from 'vitest';
import {
  CHROMIUM_REMEDY,
  findChromium,
  startChromium,
} from '../../lib/app/report/start-chromium.ts';

let browser: Promise<Browser> | undefined;

/** Closes the browser once the tests of the calling file have ended: the next file may share this module. */
export function closeBrowserAfterAll(): void {
  afterAll(async () => {
    const open = browser;
    browser = undefined;
    await (await open)?.close();
  });
}

/**
 * The browser of all tests of a file, each with pages and storage of its own (`newPage`); without one the test is
 * skipped, but never in CI. The file calls `closeBrowserAfterAll`.
 */
export async function openBrowser(context: TestContext): Promise<Browser> {
  const path = findChromium(process.env);
  if (path === null && process.env['CI'] === 'true') throw new Error(CHROMIUM_REMEDY);
  if (path === null) return context.skip(CHROMIUM_REMEDY);
  browser ??= startChromium(path);
  return browser;
}
