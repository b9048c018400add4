import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { comparisonSummary } from '../../lib/core/summary/comparison/comparison-summary.ts';
import { runSummary } from '../../lib/core/summary/run/run-summary.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { bundledAssets } from './bundled-assets.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openHtml } from './open-html.ts';
import { sampleComparisons } from './sample-comparisons.ts';
import { samplePages } from './sample-pages.ts';
import { allReports } from './sample-reports.ts';

closeBrowserAfterAll();

const ASSETS = await bundledAssets();

const SLOW = { timeout: 90_000 };
const HEIGHT = 800;
const PAGES = samplePages(ASSETS);

describe.each(allReports())('the first screen of the run $name', SLOW, ({ name, report }) => {
  it('says whether it passed, why, how sure, what next, and against what', async (context) => {
    const { page } = await openHtml(await openBrowser(context), pageOf('run', name));
    const text = await firstScreen(page);
    const { headline } = runSummary(report);
    expect(text).toContain(headline.word);
    expect(text).toContain(inOneLine(headline.reason));
    if (report.run.verdict === 'pass') expect(headline.reason).toMatch(/\d/);
    expect(text).toMatch(certaintyOf(report));
    for (const { text: step, command } of headline.next.slice(0, 1)) {
      expect(text).toMatch(/\bNext\b/);
      expect(text).toContain(inOneLine(step));
      if (command !== null) expect(text).toContain(inOneLine(command));
    }
    if (report.run.verdict !== 'pass') expect(headline.next).not.toEqual([]);
    expect(text).toContain(report.target.label);
    expect(text).toContain(report.target.baseUrl);
    expect(text).toMatch(/\d+(\.\d+)?% *(SLO|required|\))|SLO|required|at least|at most/);
  });
});

describe.each(sampleComparisons())(
  'the first screen of the comparison $name',
  SLOW,
  ({ name, given: { comparison } }) => {
    it('says what changed, why, how sure, what next, and against what', async (context) => {
      const { page } = await openHtml(await openBrowser(context), pageOf('comparison', name));
      const text = await firstScreen(page);
      const { word, reason, next } = comparisonSummary(comparison).headline;
      expect(text).toContain(word);
      expect(text).toContain(inOneLine(reason));
      if (comparison.metrics.some(({ interval }) => interval !== null))
        expect(text).toMatch(/95% interval|certain|sure|too few|not known/i);
      if (comparison.verdict === 'inconclusive' || comparison.verdict === 'incomparable')
        expect(next).not.toEqual([]);
      for (const { text: step } of next.slice(0, 1)) {
        expect(text).toMatch(/\bNext\b/);
        expect(text).toContain(inOneLine(step));
      }
      for (const side of [comparison.a, comparison.b]) expect(text).toContain(side.target);
    });
  },
);

/**
 * How sure the reader can be: an interval, or why there is no conclusion. A run that is judged step by step gives the
 * rates between which the truth lies, or the one that it lies beyond.
 */
function certaintyOf({ run, requests, answers }: AnsweredReport): RegExp {
  if (run.verdict === 'invalid') return /\b(?:no conclusion|could not|cannot|not|without|no)\b/i;
  if (answers.capacity !== undefined || answers.breakpoint !== undefined)
    return /\d\/s held\b|\b(?:below|above|at least) \d|\bcertain\b/;
  return requests.successRatioInterval === null
    ? /not known|no order/i
    : /\binterval\b|\bsure\b|\bcertain\b/i;
}

/** The texts of which every line is within the first screen, spaces as one. */
async function firstScreen(page: Page): Promise<string> {
  const texts = await page.evaluate((height) => {
    const shown: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element?.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { bottom, width } = range.getBoundingClientRect();
      if (width > 1 && bottom <= height) shown.push(node.textContent ?? '');
    }
    return shown;
  }, HEIGHT);
  return inOneLine(texts.join(' '));
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function pageOf(kind: string, name: string): string {
  const page = PAGES.find((one) => one.kind === kind && one.name === name);
  if (page === undefined) throw new Error(`there is no page of ${name}`);
  return page.html;
}
