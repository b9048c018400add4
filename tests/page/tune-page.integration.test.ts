import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tuneHtml } from '../../lib/core/render/tune/tune-html.ts';
import { formatMs, formatUnitCost } from '../../lib/core/report/format-figure.ts';
import type { TuneResult } from '../../lib/core/tune/schema/tune-schema.ts';
import { sampleBatch, samplePower, sampleTune } from '../core/tune/sample-tune.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openHtml } from './open-html.ts';
import { pageTables } from './page-tables.ts';
import { pageAssets } from './report-page.ts';
import { sampleTunes } from './sample-tunes.ts';

closeBrowserAfterAll();

const ASSETS = await pageAssets();
const SLOW = { timeout: 90_000 };
const HOSTILE = '</script><img src=x onerror=alert(1)>"\'\u202Egnp\u001B[31m';

function resultNamed(name: string): TuneResult {
  const found = sampleTunes().find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found.result;
}

/** What the chart shows at each of its x, by keys. */
async function valuesByKeys(page: Page, id: string) {
  const place = page.locator(`[data-plot=${id}]`);
  await place.focus();
  await page.keyboard.press('Home');
  const rows = page.locator(`#chart-${id} details tbody tr`);
  const seen: { head: string | null; values: string[]; row: string[] }[] = [];
  for (let at = 0; at < (await rows.count()); at += 1) {
    seen.push({
      head: await place.locator('.tooltip strong').textContent(),
      values: await place.locator('.tooltip td').allTextContents(),
      row: await rows.nth(at).locator('th, td').allTextContents(),
    });
    await page.keyboard.press('ArrowRight');
  }
  return seen;
}

describe('the page of a sweep', SLOW, () => {
  it('has the figures of the JSON that is embedded in it', async (context) => {
    const { page, complaints } = await openHtml(
      await openBrowser(context),
      tuneHtml(resultNamed('a best size'), ASSETS),
    );
    const { tune } = await page.evaluate(
      () => JSON.parse(document.getElementById('data')?.textContent ?? '') as { tune: TuneResult },
    );
    expect(tune).toEqual(resultNamed('a best size'));
    const best = tune.power?.sizes.find(({ memoryMb }) => memoryMb === 512);
    expect(await page.locator('.tile dd:not(.note)').allTextContents()).toEqual([
      formatUnitCost(best?.costPerMillionUsd?.value ?? 0),
      formatMs(best?.durationMs?.value ?? 0),
      formatMs(best?.p95Ms?.value ?? 0),
      '1.2%',
    ]);
    expect(complaints).toEqual([]);
  });

  it('shows at each point of a chart what the table below it has, with the interval and the best', async (context) => {
    const charts = {
      'both processors with an SLO': ['cost', 'duration', 'p95'],
      'a best batch': ['front'],
    };
    for (const [name, ids] of Object.entries(charts)) {
      const html = tuneHtml(resultNamed(name), ASSETS);
      const { page, complaints } = await openHtml(await openBrowser(context), html);
      for (const id of ids) {
        const seen = await valuesByKeys(page, id);
        for (const { head, values, row } of seen) {
          expect(head).toContain(`: ${row[0]}`);
          expect(values).toEqual(row.slice(1));
        }
        expect(seen.filter(({ head }) => head?.includes('(best'))).toHaveLength(1);
        expect(seen.flatMap(({ values }) => values).join(' ')).toMatch(
          /\d \w?s \(\d.* to |\$[\d.]+ \(/,
        );
      }
      expect(complaints).toEqual([]);
    }
  });

  it('draws intervals of the lines that are shown alone', async (context) => {
    const { page } = await openHtml(
      await openBrowser(context),
      tuneHtml(resultNamed('both processors with an SLO'), ASSETS),
    );
    await page.evaluate(recordStrokes);
    const strokesAfter = async (action: () => Promise<void>) => {
      await page.evaluate(() => Object.assign(window, { strokes: 0 }));
      await action();
      return page.evaluate(() => (window as unknown as { strokes: number }).strokes);
    };
    const arm = page.locator('#chart-cost .legend button', { hasText: 'arm' });
    const without = await strokesAfter(() => arm.click());
    const withArm = await strokesAfter(() => arm.click());
    // Three sizes of arm, each a bar with two caps.
    expect(withArm - without).toBeGreaterThanOrEqual(9);
  });

  it('leads to the viewer of AWS Lambda Power Tuning', async (context) => {
    const { page } = await openHtml(
      await openBrowser(context),
      tuneHtml(resultNamed('a best size'), ASSETS),
    );
    expect(await page.locator('#report a[rel=noreferrer]').getAttribute('href')).toBe(
      samplePower().powerTuning[0]?.visualization,
    );
  });
});

/** Counts the straight lines that are drawn from now on. */
function recordStrokes(): void {
  const { lineTo } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.lineTo = function (x, y) {
    (window as unknown as { strokes: number }).strokes += 1;
    lineTo.call(this, x, y);
  };
}

it('has a row for each cell, those that failed too', () => {
  const tables = pageTables(tuneHtml(sampleTune({ batch: sampleBatch() }), ASSETS));
  const [settings] = tables.filter(({ caption }) => caption.startsWith('Settings'));
  expect(settings?.rows).toHaveLength(12);
  expect(settings?.rows.find(([name]) => name === '100 messages, no window')).toEqual([
    '100 messages, no window',
    ...['–', '–', '–', '–', '✕ failed'],
  ]);
});

it('makes no markup of names', () => {
  const result = sampleTune({ power: samplePower({}, { reason: HOSTILE }) });
  const html = tuneHtml(
    {
      ...result,
      run: { ...result.run, id: HOSTILE, label: HOSTILE },
      subject: { ...result.subject, function: HOSTILE },
      notes: [HOSTILE],
    },
    ASSETS,
  );
  const [shown = ''] = html.split('<script type="application/json"');
  for (const part of ['<img', '\u202E']) expect(shown.includes(part), part).toBe(false);
  expect(html.includes('</script><img')).toBe(false);
});
