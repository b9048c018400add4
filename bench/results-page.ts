import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { median } from 'simple-statistics';
import { CHROMIUM_REMEDY, findChromium, startChromium } from '../lib/app/report/start-chromium.ts';
import type { HistoryEntry } from '../lib/core/history/history-entry.ts';
import { renderResultsPage } from '../lib/core/render/results/results-page.ts';
import { resultsSummary } from '../lib/core/summary/results/results-summary.ts';
import { seriesOf } from '../lib/core/trend/series-of.ts';
import { seriesTrend } from '../lib/core/trend/series-trend.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';
import { Promises } from '../studies/promises.ts';
import { pageTimes } from './page-times.ts';
import { simulatedSeries } from './simulated-series.ts';

const USAGE = `How large the page of all results is, and how fast it opens, sorts and filters in Chromium. Exit code 1
when a limit is exceeded.
  --runs N      (default 1000)
  --series N    scenarios with a load and target each (default 12)
  --rounds N    (default 5)`;
const LIMITS = { megabytes: 2, ms: 1000 };

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    series: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await main(Number(values.runs), Number(values.series), Number(values.rounds));

async function main(runs: number, series: number, rounds: number): Promise<void> {
  const chromium = findChromium(process.env);
  if (chromium === null) throw new Error(CHROMIUM_REMEDY);
  const html = await pageOf(simulatedSeries(runs, series));
  const dir = await mkdtemp(path.join(tmpdir(), 'results-page-'));
  const browser = await startChromium(chromium);
  try {
    const file = path.join(dir, 'index.html');
    await writeFileAtomically(file, html);
    const times: Times[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push(await timesOf(browser, pathToFileURL(file).href));
    }
    const medianOf = (name: keyof Times) => median(times.map((time) => time[name]));
    const promises = new Promises();
    promises.atMost('size', html.length / 1e6, LIMITS.megabytes, ' MB');
    promises.atMost('first paint', medianOf('paintMs'), LIMITS.ms, ' ms');
    promises.atMost('load', medianOf('loadMs'), LIMITS.ms, ' ms');
    promises.atMost('sort', medianOf('sortMs'), LIMITS.ms, ' ms');
    promises.atMost('filter', medianOf('filterMs'), LIMITS.ms, ' ms');
    promises.atMost('all rows', medianOf('allRowsMs'), LIMITS.ms, ' ms');
    promises.atMost('charts of a trend', medianOf('chartsMs'), LIMITS.ms, ' ms');
    process.exitCode = promises.exitCode;
  } finally {
    await browser.close();
    await rm(dir, { recursive: true });
  }
}

interface Times {
  readonly paintMs: number;
  readonly loadMs: number;
  readonly sortMs: number;
  readonly filterMs: number;
  readonly allRowsMs: number;
  readonly chartsMs: number;
}

async function timesOf(browser: Browser, href: string): Promise<Times> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(href);
    const { paintMs, loadMs } = await pageTimes(page);
    const sortMs = await timeOf(page, 'th[data-column=p95Ms] button');
    const filterMs = await timeOf(page, '#verdict', 'fail');
    await timeOf(page, '#verdict', '');
    return {
      paintMs,
      loadMs,
      sortMs,
      filterMs,
      allRowsMs: await timeOf(page, '#more button'),
      chartsMs: await timeOf(page, 'details.series > summary'),
    };
  } finally {
    await page.close();
  }
}

/** Time in ms from a click, or the choice of a value, to the frame that shows its result. */
function timeOf(page: Page, selector: string, value: string | null = null): Promise<number> {
  return page.evaluate(
    async ([place, chosen]) => {
      const element = document.querySelector<HTMLSelectElement>(place as string);
      const start = performance.now();
      if (element === null) throw new Error(`There is no ${place}.`);
      if (chosen === null) element.click();
      else {
        element.value = chosen as string;
        element.dispatchEvent(new Event('input', { bubbles: true }));
      }
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
      return performance.now() - start;
    },
    [selector, value],
  );
}

async function pageOf(entries: readonly HistoryEntry[]): Promise<string> {
  const trends = seriesOf(entries).map((ofSeries) =>
    seriesTrend(ofSeries, ['p50', 'p95', 'p99', 'success'], []),
  );
  const assets = await bundlePage(path.join(import.meta.dirname, '../lib/page'), 'results');
  const place = { root: 'results', history: 'results/history', hasHistory: true };
  const runs = entries.map((entry) => ({ entry, folder: entry.run }));
  return renderResultsPage(runs, resultsSummary(runs, trends, place), [], assets);
}
