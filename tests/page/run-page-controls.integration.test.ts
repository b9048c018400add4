import { describe, expect, it } from 'vitest';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openReport } from './report-page.ts';
import { seriesReport } from './sample-series.ts';

closeBrowserAfterAll();

const SLOW = { timeout: 90_000 };
const COMMAND = 'npm run load:spike -- --rate 5';
const planted = (html: string) =>
  html.replace(
    '</h1>',
    `</h1><p>Next: <span class="command"><code>${COMMAND}</code> <button type="button" class="copy" hidden>Copy</button></span></p>`,
  );

describe('the controls of the page of a run', SLOW, () => {
  it('copies a command, with or without the right to write to the clipboard', async (context) => {
    const browser = await openBrowser(context);
    for (const permissions of [['clipboard-read', 'clipboard-write'], ['clipboard-read']]) {
      const { page, complaints } = await openReport(
        browser,
        seriesReport(),
        { permissions },
        planted,
      );
      const isRefused = !permissions.includes('clipboard-write');
      if (isRefused) {
        await page.evaluate(() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
        });
      }
      const button = page.locator('button.copy').first();
      await button.click();
      await page.locator('button.copy', { hasText: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(COMMAND);
      await page.locator('button.copy', { hasText: /^Copy$/ }).waitFor();
      expect(complaints).toEqual([]);
    }
  });

  it('opens what is folded away on paper, and folds it again', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport());
    const open = () => page.locator('details.part[open]').count();
    expect(await open()).toBe(0);
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
    expect(await open()).toBe(3);
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')));
    expect(await open()).toBe(0);
  });

  it('leads to each of its parts', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport());
    const names = await page.locator('.parts a:visible').allTextContents();
    expect(names).toEqual(['Charts', 'Figures', 'Run']);
    for (const name of names) {
      await page.click(`.parts a:text-is("${name}")`);
      const id = new URL(page.url()).hash;
      await expect.poll(() => page.locator(id).evaluate(isUnderNav)).toBe(true);
    }
  });

  it('leads back to the results only where the address says that the reader came from there', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport());
    const file = page.url();
    const back = page.locator('.parts .back a');
    expect(await back.isVisible()).toBe(false);
    for (const [hash, target] of [
      ['#from=../../index.html', '../../index.html'],
      ['#from=javascript:alert(1)', null],
      ['#from=../evil/index.html', null],
      ['#from=http://evil.test/index.html', null],
    ] as const) {
      await page.goto('about:blank');
      await page.goto(`${file}${hash}`);
      expect(await back.isVisible(), hash).toBe(target !== null);
      if (target !== null) expect(await back.getAttribute('href')).toBe(target);
    }
  });

  it('shows the outcome, its figures and the load over time without scrolling', async (context) => {
    const viewport = { width: 1280, height: 800 };
    const { page } = await openReport(await openBrowser(context), seriesReport(), { viewport });
    for (const place of ['.verdict', '.tiles.main', '[data-chart=rates] canvas']) {
      const { y = 0, height = Number.POSITIVE_INFINITY } =
        (await page.locator(place).boundingBox()) ?? {};
      expect(y + height, place).toBeLessThanOrEqual(viewport.height);
    }
  });
});

/** Whether a heading lies below the links that stay at the top of the window, and within it. */
function isUnderNav(heading: Element): boolean {
  const nav = document.querySelector('.parts')?.getBoundingClientRect().bottom ?? 0;
  const { top, bottom } = heading.getBoundingClientRect();
  return top >= nav - 1 && bottom <= innerHeight;
}
