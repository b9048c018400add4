import { answerTexts } from '../../../questions/answer-texts.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { renderAnswers } from './answers-section.ts';
import { chartDataOf } from './chart-data.ts';
import { renderCharts } from './charts-section.ts';
import { renderFigures } from './figures-section.ts';
import { embedJson, html } from './html.ts';
import { plotDataOf } from './line-plot.ts';
import type { PageData } from './page-data.ts';
import { type PageAssets, renderPage } from './page-frame.ts';
import { type LiveState, renderVerdict } from './verdict-section.ts';

/**
 * The report as one self-contained page under 500 KB. The report without its histograms and the data of the
 * charts are embedded as JSON under the id `data`.
 * @param live how far the run is; the page then polls its server for updates. Null for a finished run.
 */
export function renderHtml(
  report: Report,
  assets: PageAssets,
  live: LiveState | null = null,
): string {
  const charts = chartDataOf(report);
  const { run, target } = report;
  const state = live === null ? run.verdict.toUpperCase() : 'running';
  const plots = plotDataOf(answerTexts(report).flatMap((answer) => answer.plots ?? []));
  const data: PageData = { charts, plots, report: withoutHistograms(report) };
  return renderPage({
    title: `${state} · ${run.scenario} · ${target.label}`,
    main: html`${renderVerdict(report, live)}
${renderAnswers(report)}
${renderCharts(report, charts)}
${renderFigures(report)}
<footer><p>Written by serverless-order-load ${run.suiteVersion}. All numbers, with every histogram: <code>report.json</code>.</p></footer>`,
    data: embedJson(data),
    assets,
    isLive: live !== null,
  });
}

/** Histograms make up most of a report, and nothing on the page reads them. */
function withoutHistograms(report: Report): unknown {
  const isHistogram = (value: unknown) =>
    typeof value === 'object' && value !== null && 'buckets' in value && 'zeroCount' in value;
  const text = JSON.stringify(report, (_, value: unknown) =>
    isHistogram(value) ? undefined : value,
  );
  return JSON.parse(text);
}
