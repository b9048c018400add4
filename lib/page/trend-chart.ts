import uPlot from 'uplot';
import type { ChartRun, TrendChartData } from '../core/render/trend/trend-chart-data.ts';
import { reportHref } from '../core/summary/results/run-columns.ts';
import { formatMetric } from '../core/summary/trend/metric-text.ts';
import { dayText, minuteText } from '../core/text/day-text.ts';
import { axisLook } from './chart-frame.ts';
import { colorOf } from './theme.ts';

const HEIGHT = 220;

/**
 * Draws the chart of one metric: runs as dots, levels as steps with the range expected around them, and changes of
 * level. A click on a run opens its report; so does Enter, after the arrow keys. The returned function removes it.
 */
export function drawTrend(
  place: HTMLElement,
  data: TrendChartData,
  runs: readonly ChartRun[],
): () => void {
  const { metric, values, segments } = data;
  const text = (value: number) => formatMetric(metric, value);
  const of = (key: 'level' | 'low' | 'high') =>
    segments.flatMap((segment) =>
      Array.from({ length: segment.to - segment.from }, () => segment[key]),
    );
  const at = values.map((_, position) => position);
  const runAt = (position: number) => runs[data.runs[position] ?? -1];
  const hidden: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const options: uPlot.Options = {
    width: Math.max(280, place.clientWidth),
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    scales: { x: { time: false, range: [-0.5, values.length - 0.5] } },
    axes: [
      {
        ...axisLook(),
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        values: (_, splits) => splits.map((position) => dayOf(runAt(position))),
        space: 100,
      },
      { ...axisLook(), size: 70, values: (_, splits) => splits.map(text) },
    ],
    bands: [{ series: [2, 1], fill: colorOf('offered-fill') }],
    series: [
      {},
      hidden,
      hidden,
      { stroke: colorOf('muted'), width: 2, points: { show: false }, ...steps() },
      {
        stroke: colorOf('offered'),
        width: 0,
        paths: () => null,
        points: { show: true, size: 6, fill: colorOf('offered') },
      },
    ],
    hooks: { draw: [(plot) => drawChanges(plot, data)] },
  };
  const aligned = [at, of('low'), of('high'), of('level'), values] as unknown as uPlot.AlignedData;
  const plot = new uPlot(options, aligned, place);
  const tip = tooltip(plot, (position) => tipLines(data, position, runAt(position)));
  const open = (): void => {
    const position = plot.cursor.idx;
    const run = position == null ? undefined : runAt(position);
    const href = run === undefined ? null : reportHref(run);
    if (href !== null) location.assign(href);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') open();
    const next = positionAfter(event.key, plot.cursor.idx ?? null, values.length);
    if (next === null) return;
    event.preventDefault();
    plot.setCursor({ left: plot.valToPos(next, 'x'), top: HEIGHT / 3 });
    const announcer = document.getElementById('announcer');
    if (announcer !== null) {
      announcer.textContent = [...tip.children].map((line) => line.textContent).join(', ');
    }
  };
  plot.over.addEventListener('click', open);
  place.addEventListener('keydown', onKey);
  return () => {
    place.removeEventListener('keydown', onKey);
    plot.destroy();
  };
}

function dayOf(run: ChartRun | undefined): string {
  return run === undefined ? '' : dayText(run.startedAt);
}

/** Where a key moves the cursor to, from the last run if it is nowhere; null for a key that moves nothing. */
function positionAfter(key: string, from: number | null, count: number): number | null {
  const last = count - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: from === null ? last : from - 1,
    ArrowRight: from === null ? last : from + 1,
    Home: 0,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(last, Math.max(0, next));
}

/** What the chart says of a run, in lines. */
function tipLines(data: TrendChartData, position: number, run: ChartRun | undefined): string[] {
  const { metric, values, segments, changes } = data;
  const value = values[position];
  const segment = segments.find(({ from, to }) => position >= from && position < to);
  if (run === undefined || value === undefined || segment === undefined) return [];
  const text = (shown: number) => formatMetric(metric, shown);
  const { level, low, high } = segment;
  const band = low === null || high === null ? '' : `, ${text(low)} to ${text(high)} expected`;
  const version = [run.release, run.commit].filter((part) => part !== '').join(', ');
  const change = changes.find(({ at }) => at === position);
  return [
    `${minuteText(run.startedAt)}: ${metric} ${text(value)}`,
    `level ${text(level)}${band}`,
    ...(version === '' ? [] : [version]),
    ...(change === undefined ? [] : [change.text]),
    run.run,
  ];
}

/** A box beside the crosshair, with a line for each text. */
function tooltip(plot: uPlot, linesAt: (position: number) => readonly string[]): HTMLElement {
  const tip = document.createElement('div');
  tip.className = 'tooltip';
  tip.hidden = true;
  plot.over.append(tip);
  const update = (): void => {
    const { idx, left } = plot.cursor;
    const lines = idx == null || left === undefined || left < 0 ? [] : linesAt(idx);
    tip.hidden = lines.length === 0;
    tip.replaceChildren(
      ...lines.map((line) => {
        const part = document.createElement('div');
        part.textContent = line;
        return part;
      }),
    );
    if (tip.hidden || left === undefined) return;
    const isRight = left > plot.over.clientWidth / 2;
    const room = plot.over.clientWidth - tip.offsetWidth;
    tip.style.left = `${Math.max(0, Math.min(room, isRight ? left - tip.offsetWidth - 10 : left + 10))}px`;
  };
  plot.hooks.setCursor = [...(plot.hooks.setCursor ?? []), update];
  return tip;
}

function steps(): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return paths === undefined ? {} : { paths };
}

/** Draws a line before the first run of each new level, with the release or commit of that run. */
function drawChanges(plot: uPlot, { changes }: TrendChartData): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  for (const { at, isWorse, label } of changes) {
    const x = Math.round(plot.valToPos(at - 0.5, 'x', true));
    ctx.strokeStyle = colorOf(isWorse ? 'fail' : 'pass');
    ctx.fillStyle = ctx.strokeStyle;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const gap = 4 * devicePixelRatio;
    const shown = `${isWorse ? '▲' : '▼'} ${label}`;
    const width = ctx.measureText(shown).width;
    const isLeft = x + gap + width > bbox.left + bbox.width;
    ctx.lineJoin = 'round';
    ctx.save();
    ctx.strokeStyle = colorOf('card');
    ctx.lineWidth = 4 * devicePixelRatio;
    const textX = isLeft ? x - gap - width : x + gap;
    ctx.strokeText(shown, textX, bbox.top + gap / 2);
    ctx.restore();
    ctx.fillText(shown, textX, bbox.top + gap / 2);
  }
  ctx.restore();
}
