import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import type { Env } from '../../core/config/env.ts';

const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What to do if there is no browser. */
export const CHROMIUM_REMEDY =
  'needs Chromium: apt-get install -y chromium, or set CHROMIUM_BIN to its path';

/** The Chromium of this machine, or null. */
export function findChromium(env: Env): string | null {
  const given = env['CHROMIUM_BIN'];
  return [...(given ? [given] : []), ...PATHS].find((path) => existsSync(path)) ?? null;
}

/** Starts it without a window, with a temporary profile and no network traffic of its own. */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
