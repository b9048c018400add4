import type { AbAnswers } from '../../../questions/ab/schema.ts';
import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { addAll } from '../../histogram/add.ts';
import { bucketUpperBound } from '../../histogram/bucket-index.ts';
import { countOf } from '../../histogram/count.ts';
import type { Histogram } from '../../histogram/histogram.ts';
import { quantile } from '../../histogram/quantile.ts';
import type { LinePlot, PlotLine } from '../../text/line-plot.ts';

type Arms = AbAnswers['arms'];

/** The reports of a comparison. */
export interface ComparedReports {
  /** Empty if B is compared with the history, and for an ab run, whose one report is in `b` and holds both arms. */
  readonly a: readonly AnsweredReport[];
  readonly b: readonly AnsweredReport[];
}

/** Colors of the sides, as CSS variables of the page. */
const COLORS = { a: 'p50', b: 'p95' } as const;

/** Number of histogram buckets (1.09% wide) that are drawn as one. */
const DRAWN_BUCKETS = 4;

/** The latencies of both sides as a distribution, and over time or rounds. Those without points are left out. */
export function comparisonPlots({ a, b }: ComparedReports): readonly LinePlot[] {
  const arms = a.length === 0 ? b[0]?.answers.ab?.arms : undefined;
  const plots =
    arms === undefined
      ? [distribution(pooled(a), pooled(b)), byWindow(a, b)]
      : [distribution(arms.a.latencyMs.histogram, arms.b.latencyMs.histogram), byRound(arms)];
  return plots.filter(({ lines }) => lines.length > 0);
}

function pooled(reports: readonly AnsweredReport[]): Histogram {
  return addAll(reports.map(({ latencyMs }) => latencyMs.success.histogram));
}

function distribution(a: Histogram, b: Histogram): LinePlot {
  return {
    id: 'distribution',
    title: 'Latency of stored orders',
    note: 'The share of a side’s orders at each latency, over all of its runs. Latency is on a logarithmic scale.',
    summary: 'Distribution of the latency of stored orders, for A and B.',
    x: { label: 'latency', unit: 'ms', isLog: true },
    y: { label: 'share of orders', unit: 'ratio' },
    lines: filled([
      { name: 'A', color: COLORS.a, look: 'line', points: shares(a) },
      { name: 'B', color: COLORS.b, look: 'line', points: shares(b) },
    ]),
    levels: [],
  };
}

function shares(histogram: Histogram): [x: number, y: number][] {
  const total = countOf(histogram);
  const cells = new Map<number, number>();
  for (const [index, count] of histogram.buckets) {
    const cell = Math.floor(index / DRAWN_BUCKETS);
    cells.set(cell, (cells.get(cell) ?? 0) + count);
  }
  // Beside an empty cell the line must come down, or it would show orders where there are none.
  for (const cell of [...cells.keys()]) {
    for (const beside of [cell - 1, cell + 1]) if (!cells.has(beside)) cells.set(beside, 0);
  }
  return [...cells]
    .sort(([one], [other]) => one - other)
    .map(([cell, count]) => [bucketUpperBound((cell + 0.5) * DRAWN_BUCKETS), count / total]);
}

function byRound({ a, b }: Arms): LinePlot {
  const points = (blocks: Arms['a']['blocks']) =>
    blocks
      .flatMap(({ round, latencyMs: { p95 } }) => (p95 === null ? [] : [[round, p95] as const]))
      .sort(([one], [other]) => one - other);
  return {
    id: 'p95-by-round',
    title: 'p95 of each round',
    note: 'The two blocks of a round run under nearly the same conditions: compare A and B within a round.',
    summary: 'p95 of A and B in each round.',
    x: { label: 'round', unit: 'count' },
    y: { label: 'p95', unit: 'ms' },
    // Between two rounds nothing was measured.
    lines: filled([
      { name: 'A', color: COLORS.a, look: 'points', points: points(a.blocks) },
      { name: 'B', color: COLORS.b, look: 'points', points: points(b.blocks) },
    ]),
    levels: [],
  };
}

function byWindow(a: readonly AnsweredReport[], b: readonly AnsweredReport[]): LinePlot {
  return {
    id: 'p95-by-window',
    title: 'p95 of each window',
    note: 'Time since the load began.',
    summary: 'p95 over time, for each run of A and B.',
    x: { label: 'time', unit: 'seconds' },
    y: { label: 'p95', unit: 'ms' },
    lines: filled([...windowLines(a, 'A', COLORS.a), ...windowLines(b, 'B', COLORS.b)]),
    levels: [],
  };
}

function windowLines(reports: readonly AnsweredReport[], side: string, color: string): PlotLine[] {
  return reports.map(({ windows }, position) => ({
    name: reports.length === 1 ? side : `${side} run ${position + 1}`,
    color,
    look: 'line',
    ...(position > 0 && { dashed: true }),
    points: windows.flatMap(({ startOffsetMs, lengthMs, success }) => {
      const p95 = quantile(success, 0.95);
      return p95 === null ? [] : [[(startOffsetMs + lengthMs / 2) / 1000, p95] as const];
    }),
  }));
}

function filled(lines: readonly PlotLine[]): PlotLine[] {
  return lines.filter(({ points }) => points.length > 0);
}
