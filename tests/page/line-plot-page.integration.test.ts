import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { embedJson, html } from '../../lib/core/render/html/html.ts';
import { plotDataOf, renderLinePlot } from '../../lib/core/render/html/line-plot.ts';
import { renderPage } from '../../lib/core/render/html/page-frame.ts';
import type { LinePlot } from '../../lib/core/text/line-plot.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { pageAssets } from './report-page.ts';

closeBrowserAfterAll();

const CAPACITY: LinePlot = {
  id: 'capacity',
  title: 'Rate against p95',
  note: 'Each point is a step.',
  summary: 'p95 rises from 20 to 900 ms.',
  x: { label: 'Rate', unit: 'perSecond' },
  y: { label: 'p95', unit: 'ms' },
  lines: [
    {
      name: 'p95',
      color: 'p95',
      look: 'line',
      points: [
        [10, 20],
        [20, 30],
        [30, 60],
        [40, 900],
      ],
    },
  ],
  levels: [{ y: 1000, label: 'SLO 1 s' }],
};

const LATENCIES: LinePlot = {
  id: 'latencies',
  title: 'Latency of both sides',
  note: 'Share of orders at each latency.',
  summary: 'B is slower.',
  x: { label: 'Latency', unit: 'ms', isLog: true },
  y: { label: 'Share', unit: 'ratio' },
  lines: [
    {
      name: 'A',
      color: 'p50',
      look: 'line',
      points: [
        [10, 0.1],
        [20, 0.6],
        [40, 0.3],
      ],
    },
    {
      name: 'B',
      color: 'p95',
      look: 'points',
      points: [
        [20, 0.1],
        [40, 0.6],
        [80, 0.3],
      ],
    },
  ],
  levels: [],
};

async function openPlots(context: TestContext, plots: readonly LinePlot[]) {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-plots-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'plots.html');
  const page = renderPage({
    title: 'Plots',
    main: html`<h1>Plots</h1>${plots.map(renderLinePlot)}`,
    data: embedJson({ plots: plotDataOf(plots) }),
    assets: await pageAssets(),
    isLive: false,
  });
  await writeFile(file, page);
  const opened = await (await openBrowser(context)).newPage({
    viewport: { width: 1000, height: 900 },
  });
  onTestFinished(() => opened.close());
  const complaints: string[] = [];
  opened.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  opened.on('pageerror', (error) => complaints.push(error.message));
  await opened.goto(pathToFileURL(file).href);
  return { page: opened, complaints };
}

describe('a plot over any x', { timeout: 90_000 }, () => {
  it('shows at the crosshair what its table has, also on a logarithmic axis', async (context) => {
    const { page, complaints } = await openPlots(context, [CAPACITY, LATENCIES]);
    for (const id of ['capacity', 'latencies']) {
      const place = page.locator(`[data-plot=${id}]`);
      await place.focus();
      await page.keyboard.press('Home');
      const rows = page.locator(`#chart-${id} details tbody tr`);
      for (let row = 0; row < (await rows.count()); row += 1) {
        const head = await rows.nth(row).locator('th').textContent();
        expect(await place.locator('.tooltip strong').textContent()).toContain(`: ${head}`);
        expect(await place.locator('.tooltip td').allTextContents()).toEqual(
          await rows.nth(row).locator('td').allTextContents(),
        );
        await page.keyboard.press('ArrowRight');
      }
    }
    expect(complaints).toEqual([]);
  });

  it('has a legend with the highest value of each line and with its levels', async (context) => {
    const { page } = await openPlots(context, [CAPACITY]);
    expect(await page.locator('.legend > :visible').allTextContents()).toEqual([
      'p95up to 900 ms',
      'SLO 1 s',
    ]);
  });

  it('does not zoom into what has no points, and not with other plots', async (context) => {
    const { page } = await openPlots(context, [CAPACITY, LATENCIES]);
    const drag = async (from: number, to: number) => {
      const box = await page.locator('[data-plot=capacity] .u-over').boundingBox();
      if (box === null) throw new Error('no plot');
      await page.mouse.move(box.x + box.width * from, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * ((from + to) / 2), box.y + 50);
      await page.mouse.move(box.x + box.width * to, box.y + 50);
      await page.mouse.up();
      return page.locator('.reset:visible').count();
    };
    expect(await drag(0.4, 0.6)).toBe(0);
    expect(await drag(0.3, 0.9)).toBe(1);
  });
});
