import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { CompareVerdict, Comparison } from '../../compare/comparison.ts';
import { metricName } from '../../compare/metric-sentence.ts';
import { addAll } from '../../histogram/add.ts';
import { bucketUpperBound } from '../../histogram/bucket-index.ts';
import { countOf } from '../../histogram/count.ts';
import type { Histogram } from '../../histogram/histogram.ts';
import { quantile } from '../../histogram/quantile.ts';
import { formatMs, formatRatio } from '../../report/format-figure.ts';
import { embedJson, type Html, html } from '../html/html.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import { renderTable } from '../html/table.ts';
import { metricFigures } from './comparison-figures.ts';
import { modeText, sideText, VERDICT_MARKS } from './comparison-text.ts';
import { type ChartLine, renderLineChart } from './line-chart.ts';
import type { RenderedComparison } from './rendered-comparison.ts';

/** The CSS class of the page that each verdict is shown with. */
const KINDS: Readonly<Record<CompareVerdict, string>> = {
  regress: 'fail',
  improve: 'pass',
  'no-change': 'pass',
  inconclusive: 'invalid',
  incomparable: 'invalid',
};

/** Number of histogram buckets (1.09% wide) that are drawn as one. */
const DRAWN_BUCKETS = 4;

/**
 * A comparison as one self-contained page: verdict, figures, the latency distributions of both sides in one
 * chart, and their p95 over time. The comparison is embedded as JSON under the id `data`.
 */
export function comparisonHtml(given: RenderedComparison, assets: PageAssets): string {
  const { comparison } = given;
  const { verdict } = comparison;
  return renderPage({
    title: `${verdict} · ${comparison.scenario} · A against B`,
    main: html`${verdictHeader(comparison)}
${metricTable(comparison)}
<section aria-labelledby="charts"><h2 id="charts">Both sides</h2><div class="charts">${distributions(given)}${overTime(given)}</div></section>
<section aria-labelledby="know"><h2 id="know">What to know</h2><ul>${[
      ...comparison.incomparable,
      ...comparison.checks.map(({ sentence }) => sentence),
      ...comparison.notes,
      ...comparison.advice,
    ].map((text) => html`<li>${text}</li>`)}</ul></section>
<footer><p>Written by serverless-order-load. The same data as JSON: <code>comparison.json</code>.</p></footer>`,
    data: embedJson({ comparison }),
    assets,
    isLive: false,
  });
}

function verdictHeader(comparison: Comparison): Html {
  const { verdict, headline, a, b } = comparison;
  return html`<header class="verdict ${KINDS[verdict]}">
<div class="bar">
<p class="what"><strong>${comparison.scenario}</strong> ${comparison.profile} · ${modeText(comparison)}</p>
<button type="button" id="theme" hidden>Theme</button>
</div>
<h1><span class="mark" aria-hidden="true">${VERDICT_MARKS[verdict]}</span> ${verdict}</h1>
<p class="reason">${headline}</p>
<ul class="reasons">${comparison.metrics.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>
<p class="facts">A ${sideText(a)}<br>B ${sideText(b)}</p>
</header>`;
}

function metricTable({ metrics }: Comparison): Html | null {
  if (metrics.length === 0) return null;
  const figure = (head: string, of: keyof ReturnType<typeof metricFigures>) => ({
    head,
    isNumber: true,
    cell: (metric: (typeof metrics)[number]) => metricFigures(metric)[of],
  });
  return html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>${renderTable(
    'Each metric, B compared with A',
    [
      { head: 'Metric', cell: ({ metric }) => metricName(metric) },
      {
        head: 'Verdict',
        cell: ({ verdict }) => {
          const kind = verdict === 'regress' ? 'bad' : verdict === 'inconclusive' ? 'note' : 'good';
          return html`<span class="${kind}">${VERDICT_MARKS[verdict]} ${verdict}</span>`;
        },
      },
      figure('A', 'a'),
      figure('B', 'b'),
      figure('Effect', 'effect'),
      figure('Interval', 'interval'),
      figure('p (Holm)', 'p'),
      figure('Detectable from', 'smallest'),
    ],
    metrics,
  )}</section>`;
}

function distributions({ a, b }: RenderedComparison): Html {
  const [histogramA, histogramB] = histogramsOf(a, b);
  return renderLineChart({
    title: 'Latency of stored orders',
    note: 'Share of orders at each latency, on a logarithmic scale. All runs of a side are combined.',
    lines: [
      { name: 'A', color: 'p50', points: shares(histogramA) },
      { name: 'B', color: 'p95', points: shares(histogramB) },
    ],
    logX: true,
    xText: formatMs,
    yText: formatRatio,
  });
}

function histogramsOf(
  a: readonly AnsweredReport[],
  b: readonly AnsweredReport[],
): readonly [a: Histogram, b: Histogram] {
  const arms = a.length === 0 ? b[0]?.answers.ab?.arms : undefined;
  if (arms !== undefined) return [arms.a.latencyMs.histogram, arms.b.latencyMs.histogram];
  const pooled = (reports: readonly AnsweredReport[]) =>
    addAll(reports.map(({ latencyMs }) => latencyMs.success.histogram));
  return [pooled(a), pooled(b)];
}

function shares(histogram: Histogram): [x: number, y: number][] {
  const total = countOf(histogram);
  const cells = new Map<number, number>();
  for (const [index, count] of histogram.buckets) {
    const cell = Math.floor(index / DRAWN_BUCKETS);
    cells.set(cell, (cells.get(cell) ?? 0) + count);
  }
  return [...cells].map(([cell, count]) => [
    bucketUpperBound((cell + 0.5) * DRAWN_BUCKETS),
    count / total,
  ]);
}

function overTime({ a, b }: RenderedComparison): Html {
  const arms = a.length === 0 ? b[0]?.answers.ab?.arms : undefined;
  if (arms !== undefined) {
    const line = (name: string, color: string, blocks: typeof arms.a.blocks): ChartLine => ({
      name,
      color,
      points: blocks
        .flatMap(({ round, latencyMs }) =>
          latencyMs.p95 === null ? [] : [[round, latencyMs.p95] as const],
        )
        .sort(([one], [other]) => one - other),
    });
    return renderLineChart({
      title: 'p95 of each round',
      note: 'The two blocks of a round run under nearly the same conditions.',
      lines: [line('A', 'p50', arms.a.blocks), line('B', 'p95', arms.b.blocks)],
      logX: false,
      xText: (round) => `round ${Math.round(round)}`,
      yText: formatMs,
    });
  }
  const lines = (reports: readonly AnsweredReport[], name: string, color: string): ChartLine[] =>
    reports.map((report, position) => ({
      name: reports.length === 1 ? name : `${name} run ${position + 1}`,
      color,
      dashed: position > 0,
      points: report.windows.flatMap(({ startOffsetMs, lengthMs, success }) => {
        const p95 = quantile(success, 0.95);
        return p95 === null ? [] : [[(startOffsetMs + lengthMs / 2) / 1000, p95] as const];
      }),
    }));
  return renderLineChart({
    title: 'p95 of each window',
    note: 'Time in seconds since the load began.',
    lines: [...lines(a, 'A', 'p50'), ...lines(b, 'B', 'p95')],
    logX: false,
    xText: (seconds) => `${Math.round(seconds)} s`,
    yText: formatMs,
  });
}
