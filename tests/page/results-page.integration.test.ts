import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import type { HistoryEntry } from '../../lib/core/history/history-entry.ts';
import { renderResultsPage } from '../../lib/core/render/results/results-page.ts';
import { renderTrendPage } from '../../lib/core/render/trend/trend-page.ts';
import { resultsSummary } from '../../lib/core/summary/results/results-summary.ts';
import { seriesOf } from '../../lib/core/trend/series-of.ts';
import { seriesTrend } from '../../lib/core/trend/series-trend.ts';
import { bundlePage } from '../../lib/node/bundle/bundle-page.ts';
import { sampleEntry, sampleHistory } from '../core/history/sample-history.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';

closeBrowserAfterAll();

const PAGE_DIR = join(import.meta.dirname, '../../lib/page');
const SLOW = { timeout: 90_000 };
const METRICS = ['p50', 'p95', 'p99', 'success'] as const;

/** 1,000 runs: 900 nights of steady, slower from the 600th on, and 100 of spike of which ten are invalid and the others fail. */
function thousandRuns(): HistoryEntry[] {
  const spikes = Array.from({ length: 100 }, (_, night) =>
    sampleEntry(night, {
      run: `spike-${night}`,
      scenario: 'spike',
      verdict: night < 10 ? 'invalid' : 'fail',
      reason: `Orders of night ${night} were throttled.`,
      slo: { successRatio: 0.99, p95Ms: 150 },
    }),
  );
  return [...sampleHistory(900, (night) => (night < 600 ? 1 : 1.08)), ...spikes];
}

const trendsOf = (entries: readonly HistoryEntry[]) =>
  seriesOf(entries).map((series) => seriesTrend(series, METRICS, []));

const PLACE = { root: 'results', history: 'results/history', hasHistory: true };

async function resultsPage(entries: readonly HistoryEntry[], place = PLACE): Promise<string> {
  const runs = entries.map((entry) => ({ entry, folder: entry.run }));
  const assets = await bundlePage(PAGE_DIR, 'results');
  return renderResultsPage(runs, resultsSummary(runs, trendsOf(entries), place), [], assets);
}

let ofThousandRuns: Promise<string> | undefined;

/** Made once, because it looks for changes in 1,000 runs. */
function thousandRunsPage(): Promise<string> {
  ofThousandRuns ??= resultsPage(thousandRuns());
  return ofThousandRuns;
}

interface Opened {
  readonly page: Page;
  /** Warnings, errors, dialogs, and requests for anything but the file. */
  readonly complaints: readonly string[];
}

async function open(context: TestContext, html: string): Promise<Opened> {
  const browser = await openBrowser(context);
  const folder = await mkdtemp(join(tmpdir(), 'results-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'index.html');
  await writeFile(file, html);
  const { href } = pathToFileURL(file);
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
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
    if (request.url() !== href && !request.url().startsWith('data:'))
      complaints.push(request.url());
  });
  await page.goto(href);
  return { page, complaints };
}

const shownRows = (page: Page) => page.locator('#runs tbody tr');
const namesOf = (page: Page) => shownRows(page).locator('th').allTextContents();
const hashOf = (page: Page) => page.evaluate(() => location.hash);

describe('the page of all results', SLOW, () => {
  it('says first what is wrong, with a row for each scenario, the failed one first', async (context) => {
    const { page, complaints } = await open(context, await thousandRunsPage());
    expect(await page.textContent('h1')).toContain('✕ 1 of 2 fail');
    expect(await page.textContent('.reason')).toBe(
      'spike standard on api: Orders of night 99 were throttled.',
    );
    expect(await page.locator('#series tbody th strong').allTextContents()).toEqual([
      'spike',
      'steady',
    ]);
    expect(await page.textContent('#series tbody tr:first-child')).toContain('✕ Fail');
    expect(await page.textContent('#series tbody tr:last-child')).toMatch(
      /p95 \+\d\.\d% since \d+ \w+ 2027/,
    );
    expect(await page.locator('#series .spark .worse').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('draws the level, the range and a change of it in the row of a scenario', async (context) => {
    const entries = sampleHistory(60, (night) => (night < 30 ? 1 : 1.2));
    const { page } = await open(context, await resultsPage(entries));
    expect(await page.locator('#series .spark .level').count()).toBe(2);
    expect(await page.locator('#series .spark .band').count()).toBe(2);
    expect(await page.locator('#series .spark .worse').count()).toBe(1);
  });

  it('counts the runs of a young series instead of drawing it, and has no trend of it', async (context) => {
    const { page } = await open(context, await resultsPage(sampleHistory(3)));
    expect(await page.textContent('#series tbody')).toContain('3 of 8 runs');
    expect(await page.locator('.spark').count()).toBe(0);
    expect(await page.locator('details.series').count()).toBe(0);
  });

  it('filters and sorts a thousand runs, offline', async (context) => {
    const { page, complaints } = await open(context, await thousandRunsPage());
    expect(await shownRows(page).count()).toBe(100);
    expect(await page.textContent('#count')).toBe('1,000 runs');
    expect((await namesOf(page))[0]).toBe('run-899');
    await page.selectOption('#scenario', 'spike');
    await page.selectOption('#verdict', 'invalid');
    expect(await page.textContent('#count')).toBe('10 of 1,000 runs');
    expect(await shownRows(page).count()).toBe(10);
    await page.selectOption('#scenario', '');
    await page.selectOption('#verdict', '');
    await page.fill('#search', 'C0FFEE123');
    expect(await namesOf(page)).toEqual(['run-123']);
    await page.fill('#search', '');
    await page.click('th[data-column=p95Ms] button');
    const p95s = await shownRows(page).locator('td:nth-child(7)').allTextContents();
    const numbers = p95s.map((text) => Number.parseFloat(text));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(await page.getAttribute('th[data-column=p95Ms]', 'aria-sort')).toBe('ascending');
    await page.click('#more button');
    expect(await shownRows(page).count()).toBe(1000);
    expect(await page.isHidden('#more')).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('makes further rows as they are scrolled to', async (context) => {
    const { page } = await open(context, await thousandRunsPage());
    await page.locator('#runs').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.locator('#runs tbody tr:nth-child(101)').waitFor({ state: 'attached' });
  });

  it('keeps filters, order, picks and open trends in the address', async (context) => {
    const { page } = await open(context, await thousandRunsPage());
    await page.fill('#search', 'run-89');
    await page.click('th[data-column=p95Ms] button');
    await page.check('input[aria-label="Pick run-899"]');
    await page.click('details.series summary');
    await page.waitForFunction(() => location.hash.includes('open='));
    const [hash, names] = [await hashOf(page), await namesOf(page)];
    expect(hash).toBe('#search=run-89&sort=p95Ms&pick=run-899&open=series-0');
    await page.reload();
    expect(await namesOf(page)).toEqual(names);
    expect(await page.inputValue('#search')).toBe('run-89');
    expect(await page.isChecked('input[aria-label="Pick run-899"]')).toBe(true);
    expect(await page.locator('#series-0 [data-trend] canvas').count()).toBe(4);
    await page.click('.parts a[href="#trends"]');
    await page.waitForFunction((kept) => location.hash === kept, hash);
    expect(await page.inputValue('#search')).toBe('run-89');
  });

  it('shows why a run failed, to the pointer and to the keyboard', async (context) => {
    const { page } = await open(context, await thousandRunsPage());
    await page.selectOption('#scenario', 'spike');
    const verdict = shownRows(page).first().locator('[data-reason]');
    await verdict.hover();
    expect(await page.textContent('#reason')).toBe('Orders of night 99 were throttled.');
    expect(await page.isVisible('#reason')).toBe(true);
    await page.mouse.move(0, 0);
    expect(await page.isVisible('#reason')).toBe(false);
    await verdict.focus();
    expect(await page.isVisible('#reason')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.isVisible('#reason')).toBe(false);
  });

  it('draws a trend when it is opened, and says where the level changed', async (context) => {
    const { page } = await open(context, await thousandRunsPage());
    expect(await page.locator('[data-trend] canvas').count()).toBe(0);
    const trend = page.locator('#series-0');
    await trend.locator('> summary').click();
    await trend.locator('canvas').first().waitFor();
    expect(await trend.locator('canvas').count()).toBe(4);
    expect(await trend.textContent()).toContain('commit c0ffee60');
    const place = page.locator('[data-trend=series-0-p95]');
    await place.locator('.u-over').hover({ position: { x: 300, y: 60 } });
    expect(await place.locator('.tooltip').textContent()).toMatch(/run-\d+.*p95\d+(\.\d)? ms/);
    await trend.locator('.figures > summary').click();
    expect(await trend.locator('.figures tbody tr').count()).toBe(900);
  });

  it('opens the report of a run from its dot, by pointer and by keyboard', async (context) => {
    const { page } = await open(context, await resultsPage(sampleHistory(20)));
    const place = page.locator('[data-trend=series-0-p95]');
    const opened: string[] = [];
    await page.route('**/report.html', (route) => {
      opened.push(route.request().url());
      return route.abort();
    });
    await page.locator('#series-0 > summary').click();
    await place.locator('canvas').waitFor();
    await place.focus();
    await page.keyboard.press('Home');
    expect(await place.locator('.tooltip').textContent()).toContain('run-0');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => opened.at(-1)).toMatch(/\/run-1\/report\.html$/);
  });

  it('keeps two picked runs in sight, with the command that compares them', async (context) => {
    const { page, complaints } = await open(context, await thousandRunsPage());
    const pick = (run: string) => page.check(`input[aria-label="Pick ${run}"]`);
    await pick('run-899');
    expect(await page.textContent('#picked')).toContain('1 picked: pick one more');
    await pick('run-810');
    expect(await page.textContent('#picked .command code')).toBe(
      'npm run compare -- results/run-810 results/run-899 --history results/history',
    );
    const [bar, height] = [await page.locator('#picked').boundingBox(), 900];
    expect((bar?.y ?? height) + (bar?.height ?? 0)).toBeLessThanOrEqual(height);
    await page.click('#picked summary');
    expect(await page.textContent('#picked thead')).toMatch(/A: run-810, 20.*B: run-899, 20/);
    expect(await page.textContent('#picked tbody tr:nth-child(4)')).toMatch(
      /^p95\d+(\.\d+)? ms\d+(\.\d+)? ms$/,
    );
    expect(await page.isVisible('#picked .copy')).toBe(true);
    await pick('run-850');
    expect(await page.locator('#runs input:checked').count()).toBe(2);
    await page.click('#picked .line > button');
    expect(await page.isHidden('#picked')).toBe(true);
    expect(await page.locator('#runs input:checked').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('names the command of each ab run, and quotes what a shell would read', async (context) => {
    const target = { label: 'b', platform: 'aws', deployment: null } as const;
    const abs = [1, 2].map((night) =>
      sampleEntry(night, { run: `ab ${night}`, scenario: 'ab', targetB: target }),
    );
    const { page } = await open(
      context,
      await resultsPage([...sampleHistory(1), ...abs], { ...PLACE, root: '/srv/my runs/' }),
    );
    for (const { run } of abs) await page.check(`input[aria-label="Pick ${run}"]`);
    expect(await page.textContent('#picked')).toContain('An ab run contains both of its sides:');
    expect(await page.locator('#picked .command code').allTextContents()).toEqual([
      "npm run compare -- '/srv/my runs/ab 1'",
      "npm run compare -- '/srv/my runs/ab 2'",
    ]);
  });

  it('shows what a run measured, and nowhere that it passed', async (context) => {
    const ramp = sampleEntry(0, {
      scenario: 'ramp',
      heldPerSecond: 44.4,
      success: { ratio: 0.6677, offered: 3000, failures: 997, overdispersion: 1 },
    });
    const { page } = await open(context, await resultsPage([ramp]));
    expect(await page.textContent('#series tbody')).toContain('◆ Measured');
    expect(await page.textContent('#series tbody')).toContain('held 44.4/s');
    expect(await page.textContent('#series tbody')).not.toContain('66.77');
    expect(await shownRows(page).locator('td:nth-child(2)').allTextContents()).toEqual([
      '◆ Measured 44.4/s',
    ]);
    expect(await page.textContent('main')).not.toContain('Pass');
  });

  it('has its first screen and its newest runs without a script too', async (context) => {
    const browser = await openBrowser(context);
    const page = await browser.newPage({ javaScriptEnabled: false });
    onTestFinished(() => page.close());
    await page.setContent(await thousandRunsPage());
    expect(await page.textContent('h1')).toContain('1 of 2 fail');
    expect(await page.locator('#series .spark').count()).toBe(2);
    expect(await shownRows(page).count()).toBe(100);
    expect(await page.textContent('#more')).toContain('900 older runs');
  });

  it('has the same rows with its script as without', async (context) => {
    const html = await thousandRunsPage();
    const { page } = await open(context, html);
    const cells = await shownRows(page).first().locator('td, th').allTextContents();
    const browser = await openBrowser(context);
    const plain = await browser.newPage({ javaScriptEnabled: false });
    onTestFinished(() => plain.close());
    await plain.setContent(html);
    const without = await shownRows(plain).first().locator('td, th').allTextContents();
    expect(cells.map((text) => text.replace(/ (\d+ \w+ ago|just now)$/, ''))).toEqual(without);
  });

  it('switches its colours at each press, also after the system went dark', async (context) => {
    const { page } = await open(context, await resultsPage(sampleHistory(20)));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('#theme', { hasText: 'Light' }).waitFor();
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    for (const expected of ['light', 'dark']) {
      await page.click('#theme');
      expect(await theme()).toBe(expected);
    }
  });

  it('shows hostile names as text', async (context) => {
    const hostile = [
      '</script><script>alert(1)</script>',
      '"><img src=x onerror=alert(2)>',
      'javascript:alert(3)',
      '<svg onload=alert(4)><style>*{display:none}</style>',
      '\u2028\u202E\u0000\u001B[31m',
    ].join(' ');
    const place = { label: hostile, platform: 'aws', deployment: hostile } as const;
    const entries = sampleHistory(20).map((entry, night) => ({
      ...entry,
      run: `${hostile}${night}`,
      scenario: hostile,
      commit: hostile,
      label: hostile,
      reason: hostile,
      target: place,
    }));
    const { page, complaints } = await open(context, await resultsPage(entries));
    for (const box of await page.locator('#runs input').all()) await box.check();
    await page.locator('#series-0 > summary').click();
    await page.locator('#series-0 .figures > summary').click();
    await shownRows(page).first().locator('[data-reason]').focus();
    for (const name of ['img', 'main script', 'main style', '[onerror]', '[onload]']) {
      expect(await page.locator(name).count(), name).toBe(0);
    }
    expect(await page.locator('svg:not(.spark):not(.swatch)').count()).toBe(0);
    const hrefs = await page
      .locator('main a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(new Set(hrefs)).toEqual(new Set(['file:']));
    expect(await page.textContent('#picked thead')).toContain('<img src=x');
    expect(complaints).toEqual([]);
  });
});

describe('the page of trends', SLOW, () => {
  const trendPage = async (entries: readonly HistoryEntry[]) => {
    const assets = await bundlePage(PAGE_DIR, 'trend');
    const places = { ...PLACE, folders: new Map<string, string>() };
    return renderTrendPage(trendsOf(entries), places, (run) => run, assets);
  };

  it('has a verdict, a chart for each metric and a table of the changes, and needs no network', async (context) => {
    const entries = sampleHistory(70, (night) => (night < 60 ? 1 : 1.1));
    const { page, complaints } = await open(context, await trendPage(entries));
    expect(await page.locator('[data-trend] canvas').count()).toBe(4);
    expect(await page.textContent('.verdict.bad h2')).toContain('✕ Changed');
    expect(await page.textContent('.verdict .reason')).toMatch(
      /rose 1\d\.\d% on 2 Mar 2026 .* first in commit c0ffee60; p50 and p99 too\. Confirmed by the newest run\.$/,
    );
    expect(await page.textContent('.verdict .next')).toContain(
      'git log --oneline c0ffee59..c0ffee60',
    );
    expect(await page.textContent('.tables')).toContain('commit c0ffee60');
    expect(complaints).toEqual([]);
  });
});
