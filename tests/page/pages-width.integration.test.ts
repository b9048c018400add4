import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bundledAssets } from './bundled-assets.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openHtml } from './open-html.ts';
import { thousandRunsPage, variedPages } from './sample-pages.ts';

closeBrowserAfterAll();

const ASSETS = await bundledAssets();

const SLOW = { timeout: 90_000 };
const WIDTHS = [400, 768, 1280];
const PATIENCE = { timeout: 2000 };
const SMALLEST_TEXT_PX = 11;
/** WCAG 2.2, success criterion 2.5.8. */
const SMALLEST_TARGET_PX = 24;
const MAX_RUN_PAGE_BYTES = 200_000;
const MAX_RESULTS_PAGE_BYTES = 2_000_000;

const PAGES = variedPages(ASSETS);

describe.each(PAGES)('$kind: $name', SLOW, ({ kind, html }) => {
  it('fits 400, 768 and 1280 pixels with text that can be read and targets that can be hit', async (context) => {
    const { page, complaints } = await openHtml(await openBrowser(context), html);
    const found = await misfitsAtWidths(page, 'folded');
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    found.push(...(await misfitsAtWidths(page, 'unfolded')));
    expect(found).toEqual([]);
    // A page of a run in progress asks for news, and there is no server here.
    if (kind !== 'live') expect(complaints).toEqual([]);
  });
});

it('keeps the page of 1,000 runs within 2 MB, and within a phone', SLOW, async (context) => {
  const html = thousandRunsPage(ASSETS);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_RESULTS_PAGE_BYTES);
  const { page, complaints } = await openHtml(await openBrowser(context), html);
  expect(await misfitsAtWidths(page, 'folded')).toEqual([]);
  expect(complaints).toEqual([]);
});

const ONE = PAGES.filter(({ kind }) => kind === 'run' || kind === 'sweep');

it.each(ONE)('keeps the page of a $kind within 200 KB: $name', ({ html }) => {
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_RUN_PAGE_BYTES);
});

async function misfitsAtWidths(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    // Charts are drawn again a moment after the window was resized.
    await page
      .waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, PATIENCE)
      .catch(() => undefined);
    for (const what of await misfits(page)) found.push(`${width} px, ${state}: ${what}`);
  }
  return found;
}

/** What does not fit: sideways scroll with the elements that cause it, small texts, and small targets. */
async function misfits(page: Page): Promise<string[]> {
  const found = await page.evaluate(findMisfits);
  return [
    ...found.wide.map((what) => `sticks out: ${what}`),
    ...found.texts
      .filter(({ px }) => px < SMALLEST_TEXT_PX)
      .map(({ px, what }) => `text of ${px.toFixed(1)} px: ${what}`),
    ...found.targets
      .filter(({ px }) => px < SMALLEST_TARGET_PX)
      .map(({ px, what }) => `target of ${px.toFixed(1)} px: ${what}`),
  ];
}

/** Runs in the page. */
function findMisfits() {
  const nameOf = (element: Element) => element.outerHTML.slice(0, 120);
  const isShown = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    // What only screen readers see is a pixel large.
    return element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
  };
  const { scrollWidth } = document.documentElement;
  const wide =
    scrollWidth <= innerWidth
      ? []
      : [
          `${scrollWidth} px in ${innerWidth}`,
          ...[...document.querySelectorAll('main *')]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .filter((element) => element.parentElement?.closest('.scroll') === null)
            .slice(0, 5)
            .map(nameOf),
        ];
  const scaleOf = (element: Element) => {
    const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
    return matrix === null
      ? 1
      : Math.min(Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d));
  };
  const texts: { px: number; what: string }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.textContent ?? '').trim() === '' || !isShown(element)) continue;
    const px = Number.parseFloat(getComputedStyle(element).fontSize) * scaleOf(element);
    texts.push({ px, what: nameOf(element) });
  }
  const targets = [...document.querySelectorAll('button, input, select, summary, [role=button]')]
    .filter(isShown)
    .map((element) => {
      // A click on the label counts too.
      const boxes = [element, element.closest('label') ?? element].map((one) =>
        one.getBoundingClientRect(),
      );
      return {
        px: Math.min(
          Math.max(...boxes.map(({ width }) => width)),
          Math.max(...boxes.map(({ height }) => height)),
        ),
        what: nameOf(element),
      };
    });
  return { wide, texts, targets };
}
