import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { median } from 'simple-statistics';
import { CHROMIUM_REMEDY, findChromium, startChromium } from '../lib/app/report/start-chromium.ts';
import { compareRuns } from '../lib/core/compare/compare-runs.ts';
import { comparisonHtml } from '../lib/core/render/compare/comparison-html.ts';
import { renderHtml } from '../lib/core/render/html/render-html.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { answerAgain } from '../lib/questions/answer-again.ts';
import { parseReport } from '../lib/questions/parse-report.ts';
import type { AnsweredReport } from '../lib/questions/report-schema.ts';
import { Promises } from '../studies/promises.ts';
import { pageTimes } from './page-times.ts';

const USAGE = `How large the pages of a run and of a comparison are, and how fast Chromium opens them. Exit code 1 when
a limit is exceeded. For the page of all results: bench/results-page.ts.
  --rounds N    times that each page is opened, of which the median counts (default 5)`;
const ROOT = path.join(import.meta.dirname, '..');
const LIMITS = { kilobytes: 200, paintMs: 500, loadMs: 1000 };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await main(Number(values.rounds));

async function main(rounds: number): Promise<void> {
  const chromium = findChromium(process.env);
  if (chromium === null) throw new Error(CHROMIUM_REMEDY);
  const dir = await mkdtemp(path.join(tmpdir(), 'page-speed-'));
  const browser = await startChromium(chromium);
  const promises = new Promises();
  try {
    for (const [name, html] of Object.entries(await pages())) {
      const file = path.join(dir, 'page.html');
      await writeFile(file, html);
      const times: Times[] = [];
      for (let round = 0; round < rounds; round += 1) {
        times.push(await timesOf(browser, pathToFileURL(file).href));
      }
      const of = (time: keyof Times) => median(times.map((one) => one[time]));
      const kilobytes = Buffer.byteLength(html) / 1000;
      promises.atMost(`${name}: size`, kilobytes, LIMITS.kilobytes, ' KB');
      promises.atMost(`${name}: first paint`, of('paintMs'), LIMITS.paintMs, ' ms');
      promises.atMost(`${name}: load`, of('loadMs'), LIMITS.loadMs, ' ms');
    }
  } finally {
    await browser.close();
    await rm(dir, { recursive: true });
  }
  process.exitCode = promises.exitCode;
}

interface Times {
  readonly paintMs: number;
  readonly loadMs: number;
}

/** Opens a page in a context of its own, so nothing is cached. The times are the browser's, from its navigation on. */
async function timesOf(browser: Browser, href: string): Promise<Times> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(href);
    return await pageTimes(page);
  } finally {
    await page.close();
  }
}

async function pages(): Promise<Readonly<Record<string, string>>> {
  const assets = await bundlePage(path.join(ROOT, 'lib/page'));
  const [a, b] = [await sample('pass'), await sample('fail')];
  const comparison = compareRuns({
    a: { name: 'pass', reports: [a] },
    b: { name: 'fail', reports: [b] },
    history: [],
  });
  return {
    'a run that passed': renderHtml(a, assets),
    'a run that failed': renderHtml(b, assets),
    'a comparison': comparisonHtml({ comparison, a: [a], b: [b] }, assets),
  };
}

async function sample(name: string): Promise<AnsweredReport> {
  const file = path.join(ROOT, `docs/samples/${name}.json`);
  return answerAgain(parseReport(await readFile(file, 'utf8'), file)).report;
}
