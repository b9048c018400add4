import { describe, expect, it } from 'vitest';
import { formatMs, formatRatio, groupDigits } from '../../lib/core/report/format-figure.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { closeBrowserAfterAll, openBrowser } from './open-browser.ts';
import { openReport } from './report-page.ts';
import { seriesReport } from './sample-series.ts';

closeBrowserAfterAll();

const SLOW = { timeout: 90_000 };

/** Text that tries to leave its place in each of the ways that HTML offers. */
const HOSTILE = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  "' onmouseover='alert(3)' x='",
  '<!--<script>alert(4)',
  '\u2028alert(5)\u2029',
  '<svg onload=alert(6)><style>*{display:none}</style>',
  ']]>&lt;b&gt;&amp;amp;',
  'http://evil.test/?<iframe srcdoc="<script>alert(7)</script>">',
  '\u202Egnp.exe\u0000\u001B[31m',
].join(' ');

function hostileReport(): AnsweredReport {
  const report = seriesReport();
  const named = { name: HOSTILE };
  return {
    ...report,
    run: {
      ...report.run,
      id: HOSTILE,
      label: HOSTILE,
      scenario: HOSTILE,
      profile: HOSTILE,
      reasons: [HOSTILE, HOSTILE],
      status: 'aborted',
      abortReason: HOSTILE,
      gitCommit: HOSTILE,
      k6Version: HOSTILE,
      telemetryFaults: [HOSTILE],
    },
    target: { ...report.target, label: HOSTILE, baseUrl: HOSTILE, deployment: HOSTILE },
    load: { ...report.load, stages: report.load.stages.map((stage) => ({ ...stage, ...named })) },
    steps: report.steps.map((step) => ({ ...step, ...named })),
    generator: {
      ...report.generator,
      saturated: true,
      why: HOSTILE,
      exceptions: [{ message: HOSTILE, count: 1 }],
    },
    answers: { [HOSTILE]: { rows: [{ [HOSTILE]: HOSTILE, got: HOSTILE, ok: false }] } } as never,
  };
}

describe('the page of a report', SLOW, () => {
  it('shows what the JSON says, without a complaint and without a request', async (context) => {
    const report = seriesReport();
    const { page, complaints, requests, embedded } = await openReport(
      await openBrowser(context),
      report,
    );
    const { successRatio, total, outcomes } = (await embedded()).requests;
    expect({ successRatio, total, outcomes }).toEqual({
      successRatio: report.requests.successRatio,
      total: report.requests.total,
      outcomes: report.requests.outcomes,
    });
    expect(await page.textContent('h1')).toContain('Fail');
    expect(await page.textContent('.reason')).toBe(report.run.reasons[0]);
    const tiles = await page.locator('.tile dd:not(.note)').allTextContents();
    expect(tiles[0]).toBe(formatRatio(report.requests.successRatio as number));
    const cellsOf = (caption: string, row: string) =>
      page
        .locator('table', { has: page.locator(`caption:text-is("${caption}")`) })
        .locator('tr', { has: page.locator(`th:text-is("${row}")`) })
        .locator('td')
        .allTextContents();
    const stats = report.latencyMs.success;
    expect(
      (await cellsOf('Latency', 'stored = created'))
        .slice(3, 7)
        .map((cell) => `${cell.split(' ms')[0]} ms`),
    ).toEqual([stats.p50, stats.p90, stats.p95, stats.p99].map(formatMs));
    expect((await cellsOf('Orders by outcome', 'throttled'))[0]).toBe(
      groupDigits(report.requests.outcomes.throttled),
    );
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });

  it('has every window of every chart in a table', async (context) => {
    const report = seriesReport();
    const { page } = await openReport(await openBrowser(context), report);
    expect(await page.locator('[data-chart] canvas').count()).toBe(4);
    const rows = await page.locator('#chart-rates details tbody tr').allTextContents();
    expect(rows).toHaveLength(report.windows.length);
    const cells = page.locator('#chart-outcomes details tbody tr').nth(5).locator('td');
    expect(await cells.allTextContents()).toEqual(['60/s', '40/s', '0/s', 'missed: success 60%']);
  });

  it('shows orders in flight, and by that name what was not sent', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport());
    const headsOf = (chart: string) =>
      page.locator(`#chart-${chart} details thead th`).allTextContents();
    expect(await headsOf('outcomes')).toEqual(['Window', 'created', 'throttled', 'dropped', 'SLO']);
    expect(await headsOf('concurrency')).toEqual(['Window', 'Cold starts', 'In flight', 'SLO']);
    const cells = page.locator('#chart-concurrency details tbody tr').nth(5).locator('td');
    expect((await cells.allTextContents()).slice(0, 2)).toEqual(['0', '15']);
    const legendOf = (chart: string) => page.textContent(`[data-chart=${chart}] .legend`);
    expect(await legendOf('outcomes')).toContain('dropped');
    expect(await legendOf('concurrency')).toMatch(/Cold starts.*In flight/);
    expect(await page.textContent('main')).not.toMatch(/\bVUs?\b|virtual user/i);
  });

  it('says the values under the pointer and under the arrow keys', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport());
    const chart = page.locator('[data-chart=outcomes]');
    await chart.focus();
    await page.keyboard.press('Home');
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowRight');
    const said = await page.textContent('#announcer');
    expect(said).toContain('5 to 6 s:');
    expect(said).toContain('throttled 40/s');
    expect(said).toContain('created 60/s');
    const plot = page.locator('[data-chart=latency] .u-over');
    const width = await plot.evaluate((element) => element.clientWidth);
    await plot.hover({ position: { x: width * 0.75, y: 50 } });
    expect(await page.textContent('[data-chart=latency] .tooltip strong')).toBe('7 to 8 s');
    const legend = await page.textContent('[data-chart=latency] .legend');
    expect(legend).toMatch(/p50(39\d|40\d) ms/);
  });

  it('lets everything be reached by the keyboard', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport());
    const reached = new Set<string>();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const focused = document.activeElement as HTMLElement;
        return focused.dataset['chart'] ?? (focused.id || focused.localName);
      });
      reached.add(name);
    }
    for (const name of ['theme', 'rates', 'latency', 'outcomes', 'concurrency', 'summary']) {
      expect([...reached]).toContain(name);
    }
  });

  it('follows the system and the button in being light or dark, with enough contrast', async (context) => {
    const browser = await openBrowser(context);
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints } = await openReport(browser, seriesReport(), { colorScheme });
      const before = await contrastOf(page);
      await page.click('#theme');
      const after = await contrastOf(page);
      expect(before.isDark).toBe(colorScheme === 'dark');
      expect(after.isDark).toBe(colorScheme !== 'dark');
      // WCAG AA for normal text.
      for (const { ratios } of [before, after]) {
        expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
      }
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  it('switches at each press, also after the system went dark', async (context) => {
    const { page } = await openReport(await openBrowser(context), seriesReport(), {
      colorScheme: 'light',
    });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('#theme', { hasText: 'Light' }).waitFor();
    for (const isDark of [false, true]) {
      await page.click('#theme');
      expect((await contrastOf(page)).isDark).toBe(isDark);
    }
  });

  it('prints on white paper, also from a dark screen', async (context) => {
    const options = { colorScheme: 'dark' } as const;
    const { page, complaints } = await openReport(
      await openBrowser(context),
      seriesReport(),
      options,
    );
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await contrastOf(page)).isDark).toBe(true);
    await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
    expect((await contrastOf(page)).isDark).toBe(false);
    await page.evaluate(() => void dispatchEvent(new Event('afterprint')));
    expect((await contrastOf(page)).isDark).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('shows hostile text as text', async (context) => {
    const report = hostileReport();
    const { page, complaints, requests, embedded } = await openReport(
      await openBrowser(context),
      report,
    );
    await page.hover('[data-chart=rates] .u-over');
    for (const name of ['img', 'iframe', 'main script', 'main style', '[onmouseover]', '[onload]'])
      expect(await page.locator(name).count(), name).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.textContent('.reason')).toContain('</script><script>alert(1)</script>');
    expect((await embedded()).run.label).toBe(HOSTILE);
    expect(await page.locator('[data-chart] canvas').count()).toBe(4);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });

  it('runs no script but its own, even where markup slipped through', async (context) => {
    const planted =
      '<script>document.title="taken"</script><img src="x" onerror="document.title=\'taken\'">' +
      '<style>h1{display:none}</style><iframe src="http://127.0.0.1:9/"></iframe>';
    const { page, complaints } = await openReport(
      await openBrowser(context),
      seriesReport(),
      {},
      (html) => html.replace('</h1>', `</h1>${planted}`),
    );
    expect(await page.title()).not.toBe('taken');
    expect(await page.isVisible('h1')).toBe(true);
    expect(complaints.join()).toContain('Content Security Policy');
  });

  it('says so where nothing was started', async (context) => {
    const report = { ...seriesReport(), windows: [] };
    const { page, complaints } = await openReport(await openBrowser(context), report);
    expect(await page.textContent('main')).toContain('there is nothing to draw');
    expect(complaints).toEqual([]);
  });
});

/** Whether the page is dark, and the contrast of its texts against what they stand on. */
function contrastOf(page: Awaited<ReturnType<typeof openReport>>['page']) {
  return page.evaluate(() => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string) => {
      const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element: Element): string => {
      const { backgroundColor } = getComputedStyle(element);
      const isClear = channels(backgroundColor)[3] === 0;
      return isClear && element.parentElement ? groundOf(element.parentElement) : backgroundColor;
    };
    const texts = [
      'h1',
      '.reason',
      '.facts',
      '.tile dt',
      '.state',
      '.note',
      'th',
      'td',
      'summary',
      'button',
      '.good',
      '.bad',
      '.source',
    ];
    const ratios = texts
      .flatMap((selector) => document.querySelector(`main ${selector}`) ?? [])
      .map((element) => {
        const [a, b] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      });
    return { isDark: luminance(groundOf(document.body)) < 0.2, ratios };
  });
}
