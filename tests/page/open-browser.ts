import type { Browser } from 'playwright-core';
import { afterAll, type TestContext } from 'vitest';
import {
  CHROMIUM_REMEDY,
  findChromium,
  startChromium,
} from '../../lib/app/report/start-chromium.ts';

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/**
 * The browser of all tests of a file, each with pages and storage of its own (`newPage`); without one the test is
 * skipped, but never in CI.
 */
export async function openBrowser(context: TestContext): Promise<Browser> {
  const path = findChromium(process.env);
  if (path === null && process.env['CI'] === 'true') throw new Error(CHROMIUM_REMEDY);
  if (path === null) return context.skip(CHROMIUM_REMEDY);
  browser ??= startChromium(path);
  return browser;
}
