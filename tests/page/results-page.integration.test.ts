import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import type { HistoryEntry } from '../../lib/core/history/history-entry.ts';
import { renderResultsPage } from '../../lib/core/render/results/results-page.ts';
import { renderTrendPage } from '../../lib/core/render/trend/trend-page.ts';
import { seriesOf } from '../../lib/core/trend/series-of.ts';
import { seriesTrend } from '../../lib/core/trend/series-trend.ts';
import { bundlePage } from '../../lib/node/bundle/bundle-page.ts';
import { sampleEntry, sampleHistory } from '../core/history/sample-history.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';

closeBrowserAfterAll();

const PAGE_DIR = join(import.meta.dirname, '../../lib/page');
const SLOW = { timeout: 90_000 };
const METRICS = ['p50', 'p95', 'p99', 'success'] as const;

/** 1,000 runs: 900 nights of steady, slower from the 600th on, and 100 of spike of which ten are invalid. */
function thousandRuns(): HistoryEntry[] {
  const spikes = Array.from({ length: 100 }, (_, night) =>
    sampleEntry(night, {
      run: `spike-${night}`,
      scenario: 'spike',
      verdict: night < 10 ? 'invalid' : 'fail',
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
  return renderResultsPage(runs, trendsOf(entries), place, [], assets);
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

const shownRows = (page: Page) => page.locator('#runs tbody tr:not([hidden])');
const namesOf = (page: Page) => shownRows(page).locator('th').allTextContents();

describe('the page of all results', SLOW, () => {
  it('filters and sorts a thousand runs, offline', async (context) => {
    const { page, complaints } = await open(context, await thousandRunsPage());
    expect(await shownRows(page).count()).toBe(1000);
    expect((await namesOf(page))[0]).toBe('run-899');
    await page.selectOption('#scenario', 'spike');
    await page.selectOption('#verdict', 'invalid');
    expect(await page.textContent('#count')).toBe('10 of 1000 runs');
    expect(await shownRows(page).count()).toBe(10);
    await page.selectOption('#scenario', '');
    await page.selectOption('#verdict', '');
    await page.fill('#search', 'C0FFEE123');
    expect(await namesOf(page)).toEqual(['run-123']);
    await page.fill('#search', '');
    await page.click('th[data-column=p95] button');
    const p95s = await shownRows(page).locator('td:nth-child(7)').allTextContents();
    const numbers = p95s.map((text) => Number.parseFloat(text));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(await page.getAttribute('th[data-column=p95]', 'aria-sort')).toBe('ascending');
    expect(complaints).toEqual([]);
  });

  it('draws the trends and says where the level changed', async (context) => {
    const { page } = await open(context, await thousandRunsPage());
    expect(await page.locator('[data-trend] canvas').count()).toBe(8);
    expect(await page.locator('.said').first().textContent()).toContain('run run-600');
    await page.locator('[data-trend=series-0-p95] .u-over').hover({ position: { x: 300, y: 60 } });
    expect(await page.textContent('[data-trend=series-0-p95] .tooltip')).toMatch(/run-\d+, 20/);
  });

  it('puts two picked runs side by side and names the command that judges them', async (context) => {
    const { page, complaints } = await open(context, await thousandRunsPage());
    const pick = (run: string) => page.check(`input[aria-label="Pick ${run}"]`);
    await pick('run-899');
    await pick('run-100');
    expect(await page.textContent('#compared thead')).toContain('A: run-100B: run-899');
    expect(await page.textContent('#compared tbody tr:nth-child(2)')).toMatch(
      /^p95\d+(\.\d+)? ms\d+(\.\d+)? ms\+\d\.\d ?%$/,
    );
    expect(await page.textContent('#compared')).toContain(
      'npm run compare -- results/run-100 results/run-899 --history results/history.',
    );
    await pick('spike-99');
    expect(await page.locator('#runs input:checked').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('says no change of a latency where a run dropped part of its load', async (context) => {
    const { page } = await open(
      context,
      await resultsPage([...sampleHistory(1), sampleEntry(1, { run: 'dropped', dropped: 31 })]),
    );
    for (const run of ['run-0', 'dropped']) await page.check(`input[aria-label="Pick ${run}"]`);
    const changes = await page.locator('#compared tbody td:last-child').allTextContents();
    expect(changes.slice(0, 3)).toEqual(['–', '–', '–']);
    expect(changes[3]).toContain('points');
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
    const said = await page.textContent('#compared');
    expect(said).toContain('An ab run contains both of its sides.');
    expect(said).toContain(
      "npm run compare -- '/srv/my runs/ab 1' and npm run compare -- '/srv/my runs/ab 2'.",
    );
    expect(said).not.toContain('--history');
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
      target: place,
    }));
    const { page, complaints } = await open(context, await resultsPage(entries));
    for (const box of await page.locator('#runs input').all()) await box.check();
    for (const name of [
      'img',
      'main script',
      'main style',
      'svg:not(.swatch)',
      '[onerror]',
      '[onload]',
    ]) {
      expect(await page.locator(name).count(), name).toBe(0);
    }
    const hrefs = await page
      .locator('#runs a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(new Set(hrefs)).toEqual(new Set(['file:']));
    expect(await page.textContent('#compared thead')).toContain('<img src=x');
    expect(complaints).toEqual([]);
  });
});

describe('the page of trends', SLOW, () => {
  it('draws a chart for each metric and needs no network', async (context) => {
    const entries = sampleHistory(90, (night) => (night < 60 ? 1 : 1.1));
    const assets = await bundlePage(PAGE_DIR, 'trend');
    const { page, complaints } = await open(context, renderTrendPage(trendsOf(entries), assets));
    expect(await page.locator('[data-trend] canvas').count()).toBe(4);
    expect(await page.textContent('.said')).toContain('commit c0ffee60');
    expect(complaints).toEqual([]);
  });
});
