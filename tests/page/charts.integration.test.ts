import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openReport } from './report-page.ts';
import { seriesReport } from './sample-series.ts';

closeBrowserAfterAll();

const SLOW = { timeout: 90_000 };

/** A run in three stages, as a spike has them. */
function stagedReport() {
  const report = seriesReport();
  const stage = report.load.stages[0] as (typeof report.load.stages)[number];
  const stages = [
    { ...stage, name: 'baseline', durationSeconds: 5 },
    { ...stage, name: 'burst', durationSeconds: 3 },
    { ...stage, name: 'recovery', durationSeconds: 2 },
  ];
  return { ...report, load: { ...report.load, stages } };
}

function chartsOf(page: Page): Promise<string[]> {
  return page
    .locator('[data-chart]')
    .evaluateAll((all) => all.map((one) => one.dataset['chart'] ?? ''));
}

/** Points at a share of a chart's width. */
async function pointAt(page: Page, chart: string, share: number): Promise<void> {
  const plot = page.locator(`[data-chart=${chart}] .u-over`);
  const width = await plot.evaluate((element) => element.clientWidth);
  await plot.hover({ position: { x: width * share, y: 60 } });
}

async function drag(page: Page, chart: string, from: number, to: number): Promise<void> {
  await page.locator(`[data-chart=${chart}]`).scrollIntoViewIfNeeded();
  const box = await page.locator(`[data-chart=${chart}] .u-over`).boundingBox();
  if (box === null) throw new Error(`no chart ${chart}`);
  await page.mouse.move(box.x + box.width * from, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), box.y + 60);
  await page.mouse.move(box.x + box.width * to, box.y + 60);
  await page.mouse.up();
}

async function headAt(page: Page, chart: string, share: number): Promise<string | null> {
  await pointAt(page, chart, share);
  return page.textContent(`[data-chart=${chart}] .tooltip strong`);
}

/** Every text that is drawn into a canvas from now on, with its size in CSS pixels. */
async function recordTexts(page: Page): Promise<() => Promise<{ text: string; px: number }[]>> {
  await page.evaluate(() => {
    const drawn: { text: string; px: number }[] = [];
    Object.assign(window, { drawn });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      drawn.push({ text, px: Number.parseFloat(this.font) / devicePixelRatio });
      fillText.call(this, text, x, y);
    };
    dispatchEvent(new Event('resize'));
  });
  await page.waitForTimeout(400);
  return () =>
    page.evaluate(() => (window as unknown as { drawn: { text: string; px: number }[] }).drawn);
}

describe('a chart over time', SLOW, () => {
  it('shows at the crosshair what its table has in that row', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    for (const chart of await chartsOf(page)) {
      expect(await headAt(page, chart, 0.56)).toBe('5 to 6 s · burst');
      const row = page.locator(`#chart-${chart} details tbody tr`).nth(5);
      expect(await row.locator('th').textContent()).toBe('5 to 6 s');
      const cells = await row.locator('td').allTextContents();
      const tooltip = page.locator(`[data-chart=${chart}] .tooltip`);
      const values = await tooltip.locator('td').allTextContents();
      expect(values).toEqual(cells.slice(0, -1));
      expect(await tooltip.locator('p').allTextContents()).toEqual([`SLO ${cells.at(-1)}`]);
      const heads = await page.locator(`#chart-${chart} details thead th`).allTextContents();
      expect(await tooltip.locator('th').allTextContents()).toEqual(heads.slice(1, -1));
    }
  });

  it('has a legend that says something while nothing is pointed at', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    const legend = () =>
      page.locator('[data-chart=rates] .legend button:visible').allTextContents();
    const idle = ['Plannedup to 100/s', 'Offeredup to 105/s', 'Storedup to 100/s'];
    expect(await legend()).toEqual(idle);
    await pointAt(page, 'latency', 0.56);
    expect(await legend()).toEqual(['Planned100/s', 'Offered100/s', 'Stored60/s']);
    await page.mouse.move(0, 0);
    expect(await legend()).toEqual(idle);
  });

  it('has its plot at the same place as all others, so that the crosshairs are in line', async (context) => {
    for (const width of [1280, 400]) {
      const { page } = await openReport(await openBrowser(context), stagedReport(), {
        viewport: { width, height: 900 },
      });
      const boxes = await page
        .locator('[data-chart] .u-over')
        .evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right]),
        );
      expect(boxes).toHaveLength(4);
      for (const box of boxes) expect(box).toEqual(boxes[0]);
      await pointAt(page, 'outcomes', 0.4);
      const lines = await page
        .locator('.u-cursor-x')
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
      expect(new Set(lines).size).toBe(1);
    }
  });

  it('zooms with all others by dragging, and back by a double click, a key and a button', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    const resets = page.locator('.reset:visible');
    const isWhole = async () => {
      expect(await resets.count()).toBe(0);
      expect(await headAt(page, 'outcomes', 0.02)).toBe('0 to 1 s · baseline');
    };
    const isZoomed = async () => {
      expect(await resets.count()).toBe(4);
      expect(await headAt(page, 'outcomes', 0.02)).toBe('5 to 6 s · burst');
    };
    await isWhole();
    await drag(page, 'rates', 0.5, 0.8);
    await isZoomed();
    await page.locator('[data-chart=latency] .u-over').dblclick();
    await isWhole();
    await drag(page, 'latency', 0.8, 0.5);
    await isZoomed();
    await page.locator('[data-chart=concurrency]').focus();
    await page.keyboard.press('0');
    await isWhole();
    await drag(page, 'rates', 0.5, 0.8);
    await isZoomed();
    await resets.nth(2).click();
    await isWhole();
    expect(
      await page.evaluate(() => (document.activeElement as HTMLElement).dataset['chart']),
    ).toBe('outcomes');
  });

  it('is zoomed and read by keys alone', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    await page.locator('[data-chart=rates]').focus();
    const tooltip = page.locator('[data-chart=rates] .tooltip');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    expect(await tooltip.locator('strong').textContent()).toBe('8 to 9 s · recovery');
    expect(await page.textContent('#announcer')).toBe(
      '8 to 9 s · recovery: Planned 100/s, Offered 100/s, Stored 100/s',
    );
    await page.keyboard.press('+');
    expect(await page.locator('.reset:visible').count()).toBe(4);
    await page.keyboard.press('Home');
    const first = await tooltip.locator('strong').textContent();
    expect(first).not.toBe('0 to 1 s · baseline');
    await page.keyboard.press('ArrowLeft');
    expect(await tooltip.locator('strong').textContent()).toBe(first);
    await page.keyboard.press('-');
    expect(await page.locator('.reset:visible').count()).toBe(0);
    await page.keyboard.press('Home');
    expect(await tooltip.locator('strong').textContent()).toBe('0 to 1 s · baseline');
    await page.keyboard.press('Tab');
    expect(await tooltip.isVisible()).toBe(true);
    await page.locator('#theme').focus();
    expect(await tooltip.isVisible()).toBe(false);
  });

  it('switches a line off and on by pointer and by key, and remembers it in another theme', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    const button = page.locator('[data-chart=outcomes] .legend button', { hasText: 'throttled' });
    const names = async () => {
      await pointAt(page, 'outcomes', 0.56);
      return page.locator('[data-chart=outcomes] .tooltip th').allTextContents();
    };
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    expect(await names()).toEqual(['created', 'dropped']);
    await page.click('#theme');
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    expect(await names()).toEqual(['created', 'dropped']);
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await names()).toEqual(['created', 'throttled', 'dropped']);
  });

  it('has round ticks in text of at least 11 pixels, and the stages by name', async (context) => {
    for (const width of [1280, 400]) {
      const { page } = await openReport(await openBrowser(context), stagedReport(), {
        viewport: { width, height: 900 },
      });
      const drawn = await (await recordTexts(page))();
      expect(Math.min(...drawn.map(({ px }) => px))).toBeGreaterThanOrEqual(11);
      const texts = [...new Set(drawn.map(({ text }) => text))];
      expect(texts).toEqual(
        expect.arrayContaining(['0 s', '10 s', '0/s', '50/s', '20 ms', 'burst']),
      );
      const ticks = texts.filter((text) => /^[\d.]+( ?ms| ?s|\/s)$/.test(text));
      for (const tick of ticks) {
        expect(Number.parseFloat(tick).toExponential(), tick).toMatch(/^(0|[1-9]|1\.5|2\.5)e/);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  });

  it('marks the windows that missed the SLO below its axis, and says how many', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    const colorAt = (share: number) =>
      page.locator('[data-chart=rates]').evaluate((place, at) => {
        const canvas = place.querySelector('canvas') as HTMLCanvasElement;
        const over = (place.querySelector('.u-over') as HTMLElement).getBoundingClientRect();
        const own = canvas.getBoundingClientRect();
        const x = over.left - own.left + over.width * at;
        const y = over.bottom - own.top + 4;
        const context2d = canvas.getContext('2d') as CanvasRenderingContext2D;
        const scale = canvas.width / own.width;
        return [...context2d.getImageData(x * scale, y * scale, 1, 1).data];
      }, share);
    expect(await colorAt(0.56)).toEqual([192, 49, 12, 255]);
    expect((await colorAt(0.36))[3]).toBe(0);
    const keys = await page.locator('[data-chart=rates] .key').allTextContents();
    expect(keys).toEqual(['SLO missed in 3 of 10 windows']);
  });

  it('explains the colours of the heatmap in both themes by their strength', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport());
    expect(await page.textContent('#chart-latency figcaption')).toContain(
      'the stronger the colour',
    );
    const key = page.locator('[data-chart=latency] .key.heat');
    expect(await key.textContent()).toBe("Share of a window's orders:up to 2%10%40%more");
    expect(await key.locator('i').count()).toBe(4);
  });

  it('is printed in the full width of the paper, with a legend and without a crosshair', async (context) => {
    const { page } = await openReport(await openBrowser(context), stagedReport(), {
      viewport: { width: 1280, height: 900 },
    });
    await pointAt(page, 'rates', 0.56);
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
    const widths = await page
      .locator('[data-chart]')
      .evaluateAll((all) =>
        all.map((one) => one.clientWidth - (one.querySelector('canvas')?.clientWidth ?? 0)),
      );
    for (const rest of widths) expect(Math.abs(rest)).toBeLessThan(60);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tooltip:visible').count()).toBe(0);
    expect(
      await page.locator('[data-chart=rates] .legend button:visible').allTextContents(),
    ).toEqual(['Plannedup to 100/s', 'Offeredup to 105/s', 'Storedup to 100/s']);
  });
});
