import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bundledAssets } from './bundled-assets.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openHtml } from './open-html.ts';
import { variedPages } from './sample-pages.ts';

closeBrowserAfterAll();

const ASSETS = await bundledAssets();

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A table of a chart has up to 120 rows of one kind; a few of them tell what all of them would. */
const MORE_OF_THE_SAME = '.chart details tbody tr:nth-child(n+4)';
/** Rules of axe that depend on the colors. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

describe.each(variedPages(ASSETS))('$kind: $name', { timeout: 90_000 }, ({ kind, html }) => {
  it('has no barrier that axe finds, light or dark', async (context) => {
    const { page, complaints } = await openHtml(await openBrowser(context), html, {
      colorScheme: 'light',
    });
    await page.evaluate(openAll);
    await page.evaluate(AXE);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, COLOR_RULES)).toEqual([]);
    // A page of a run in progress asks for news, and there is no server here.
    if (kind !== 'live') expect(complaints).toEqual([]);
  });
});

interface Axe {
  run(context: { readonly exclude: readonly string[] }, options: RunOptions): Promise<AxeResults>;
}

/** Opens every part of the page that can be folded. */
function openAll(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}

/** Each violation as one line: its rule, and the elements. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options: RunOptions = {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
    ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
  };
  const { violations } = await page.evaluate(
    (given) =>
      (globalThis as unknown as { axe: Axe }).axe.run({ exclude: [given.exclude] }, given.options),
    { exclude: MORE_OF_THE_SAME, options },
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 5)
        .map(({ html }) => html.slice(0, 200))
        .join(' | ')} (${nodes.length})`,
  );
}
