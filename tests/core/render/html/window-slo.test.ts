import { expect, it } from 'vitest';
import { windowSlos, windowSloText } from '../../../../lib/core/render/html/window-slo.ts';
import { seriesReport } from '../../../page/sample-series.ts';

it('judges each window by the orders whose outcome came in it', () => {
  const report = seriesReport();
  const slo = { successRatio: 0.99, p95Ms: 300 };
  const texts = windowSlos({ ...report, load: { ...report.load, slo } }).map(windowSloText);
  // The sixth is throttled, the eighth slow, and in the tenth 5 of 105 orders were dropped.
  expect(texts[4]).toBe('met');
  expect(texts[5]).toBe('missed: success 60%');
  expect(texts[7]).toMatch(/^missed: p95 (39\d|40\d) ms$/);
  expect(texts[9]).toBe('missed: success 95.24%');
});

it('gives no verdict where nothing came and nothing was dropped', () => {
  const report = seriesReport();
  const empty = report.windows.map((window) => ({
    ...window,
    dropped: 0,
    outcomes: { ...window.outcomes, created: 0, throttled: 0 },
  }));
  expect(windowSlos({ ...report, windows: empty }).map(windowSloText)).toEqual(
    Array.from({ length: 10 }, () => 'no verdict'),
  );
});
