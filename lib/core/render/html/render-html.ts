import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { isMeasuring } from '../../summary/run/is-measuring.ts';
import { runSummary } from '../../summary/run/run-summary.ts';
import type { Running } from '../../summary/run/running.ts';
import { renderAnswers } from './answers-section.ts';
import { chartDataOf } from './chart-data.ts';
import { renderCharts, renderFirstChart } from './charts-section.ts';
import { renderFigures } from './figures-section.ts';
import { renderFirstScreen } from './first-screen.ts';
import { embedJson, html } from './html.ts';
import { plotDataOf } from './line-plot.ts';
import type { PageData } from './page-data.ts';
import { type PageAssets, renderPage } from './page-frame.ts';
import { renderPageNav } from './page-nav.ts';
import { renderRun } from './run-section.ts';

/**
 * The report as one self-contained page under 200 KB. The report without its histograms and windows and the data of
 * the charts, which has the windows, are embedded as JSON under the id `data`.
 * @param running how far the run is; the page then polls its server for updates. Null for a finished run.
 */
export function renderHtml(
  report: AnsweredReport,
  assets: PageAssets,
  running: Running | null = null,
): string {
  const charts = chartDataOf(report);
  const summary = runSummary(report, running);
  const answers = renderAnswers(report);
  const isJudged = running === null && report.run.verdict !== 'invalid' && !isMeasuring(report);
  const parts = [
    ...(answers === null ? [] : [{ name: 'Answer', id: 'answers' }]),
    { name: 'Charts', id: 'time' },
    { name: 'Figures', id: 'figures' },
    { name: 'Run', id: 'run' },
  ];
  const plots = plotDataOf(summary.answers.flatMap((answer) => answer.plots ?? []));
  const data: PageData = { charts, plots, report: withoutBulk(report) };
  return renderPage({
    title: `${summary.headline.word} · ${summary.subject.scenario} · ${summary.subject.target}`,
    main: html`${renderFirstScreen(summary, renderFirstChart(charts))}
${renderPageNav(parts)}
${answers}
${renderCharts(report, charts)}
${renderFigures(report, isJudged)}
${renderRun(report)}
<footer><p>Written by serverless-order-load ${report.run.suiteVersion}. All numbers, with every histogram: <code>report.json</code>.</p></footer>`,
    data: embedJson(data),
    assets,
    isLive: running !== null,
  });
}

/** Histograms and windows make up most of a report, and nothing on the page reads them. */
function withoutBulk({ windows: _, ...report }: AnsweredReport): unknown {
  const isHistogram = (value: unknown) =>
    typeof value === 'object' && value !== null && 'buckets' in value && 'zeroCount' in value;
  const text = JSON.stringify(report, (_, value: unknown) =>
    isHistogram(value) ? undefined : value,
  );
  return JSON.parse(text);
}
