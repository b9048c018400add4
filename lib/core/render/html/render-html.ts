import type { Report } from '../../report/schema/report-schema.ts';
import { renderAnswers } from './answers-section.ts';
import { chartDataOf } from './chart-data.ts';
import { renderCharts } from './charts-section.ts';
import { renderFigures } from './figures-section.ts';
import { embedJson, html } from './html.ts';
import type { PageData } from './page-data.ts';
import { type PageAssets, renderPage } from './page-frame.ts';
import { type LiveState, renderVerdict } from './verdict-section.ts';

/**
 * The report as one page that needs nothing else, under 500 KB: the report without its histograms is
 * embedded as JSON under the id `data`, beside what the charts draw.
 * @param live how far the run is; the page then asks the server it came from for newer ones.
 */
export function renderHtml(
  report: Report,
  assets: PageAssets,
  live: LiveState | null = null,
): string {
  const charts = chartDataOf(report);
  const { run, target } = report;
  const state = live === null ? run.verdict.toUpperCase() : 'running';
  const data: PageData = { charts, report: withoutHistograms(report) };
  return renderPage({
    title: `${state} · ${run.scenario} · ${target.label}`,
    main: html`${renderVerdict(report, live)}
${renderAnswers(report)}
${renderCharts(report, charts)}
${renderFigures(report)}
<footer><p>Written by serverless-order-load ${run.suiteVersion}. The same in numbers, with every histogram: <code>report.json</code>.</p></footer>`,
    data: embedJson(data),
    assets,
    isLive: live !== null,
  });
}

/** Histograms are most of a report's size, and nothing on the page reads them. */
function withoutHistograms(report: Report): unknown {
  const isHistogram = (value: unknown) =>
    typeof value === 'object' && value !== null && 'buckets' in value && 'zeroCount' in value;
  const text = JSON.stringify(report, (_, value: unknown) =>
    isHistogram(value) ? undefined : value,
  );
  return JSON.parse(text);
}
