import type { Page } from 'playwright-core';

/** When an open page first painted something, and when it had loaded, in ms from its navigation on by its browser. */
export async function pageTimes(
  page: Page,
): Promise<{ readonly paintMs: number; readonly loadMs: number }> {
  await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint').length > 0,
  );
  return page.evaluate(() => {
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return { paintMs: paint?.startTime ?? Number.NaN, loadMs: load?.loadEventEnd ?? Number.NaN };
  });
}
