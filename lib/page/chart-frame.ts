import uPlot from 'uplot';
import type { ChartData } from '../core/render/html/chart-data.ts';
import { colorOf } from './theme.ts';

export interface ChartSpec {
  /** Height of the plot in CSS pixels. */
  readonly height: number;
  readonly series: readonly uPlot.Series[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly axes: readonly uPlot.Axis[];
  readonly scales: uPlot.Scales;
  /** Draws above the grid and below the series. */
  readonly under?: (plot: uPlot) => void;
  /** Draws above everything. */
  readonly over?: (plot: uPlot) => void;
}

const FONT = '12px system-ui, sans-serif';
/** All charts of the page share one crosshair. */
const SYNC = uPlot.sync('windows');

/** Draws one chart over time into its place, with shaded stages, hover values and keys, and the crosshair at a time. */
export function drawChart(
  place: HTMLElement,
  data: ChartData,
  spec: ChartSpec,
  atSeconds: number | null,
): uPlot {
  const half = data.windowSeconds / 2;
  const first = (data.atSeconds[0] ?? 0) - half;
  const last = (data.atSeconds[data.atSeconds.length - 1] ?? 0) + half;
  const end = data.stages[data.stages.length - 1]?.toSeconds ?? last;
  const options: uPlot.Options = {
    width: Math.max(280, place.clientWidth),
    height: spec.height,
    cursor: {
      sync: { key: SYNC.key },
      drag: { x: false, y: false },
      points: { size: 7 },
      y: false,
    },
    legend: { live: true },
    scales: {
      x: { time: false, range: [Math.min(0, first), Math.max(last, Math.min(end, last * 1.02))] },
      ...spec.scales,
    },
    axes: [timeAxis(), ...spec.axes],
    series: [{ label: 'At', value: (_, seconds) => atText(seconds, half) }, ...spec.series],
    hooks: {
      ready: atSeconds === null ? [] : [(plot) => pointAt(plot, atSeconds)],
      drawClear: [(plot) => shadeStages(plot, data)],
      drawAxes: spec.under === undefined ? [] : [spec.under],
      draw: spec.over === undefined ? [] : [spec.over],
    },
  };
  const aligned = [data.atSeconds, ...spec.values] as unknown as uPlot.AlignedData;
  const plot = new uPlot(options, aligned, place);
  listenToKeys(place, plot);
  return plot;
}

function atText(seconds: number | null, half: number): string {
  if (seconds === null) return '–';
  const text = (value: number) => Number(value.toFixed(1)).toString();
  return `${text(seconds - half)} to ${text(seconds + half)} s`;
}

function timeAxis(): uPlot.Axis {
  return { ...axisLook(), values: (_, splits) => splits.map((value) => `${value} s`) };
}

/** Colours and font of all axes. */
export function axisLook(): uPlot.Axis {
  return {
    stroke: colorOf('muted'),
    font: FONT,
    grid: { stroke: colorOf('grid'), width: 1 },
    ticks: { stroke: colorOf('grid'), width: 1, size: 5 },
  };
}

/** Shades every other stage, with its name at the top if there is room. */
function shadeStages(plot: uPlot, { stages }: ChartData): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const x = (seconds: number) =>
    Math.min(right, Math.max(bbox.left, plot.valToPos(seconds, 'x', true)));
  ctx.save();
  ctx.font = scaled(11);
  ctx.textBaseline = 'top';
  stages.forEach(({ name, fromSeconds, toSeconds }, position) => {
    const [from, to] = [x(fromSeconds), x(toSeconds)];
    if (to <= from) return;
    if (position % 2 === 1) {
      ctx.fillStyle = colorOf('stage');
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
    }
    const label = stages.length === 1 ? '' : name;
    if (ctx.measureText(label).width + 8 * devicePixelRatio > to - from) return;
    ctx.fillStyle = colorOf('muted');
    ctx.fillText(label, from + 4 * devicePixelRatio, bbox.top + 3 * devicePixelRatio);
  });
  ctx.restore();
}

/** Draws a dashed level with its name on the right. */
export function drawLevel(plot: uPlot, scale: string, value: number, text: string): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(value, scale, true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = colorOf('slo');
  ctx.fillStyle = colorOf('slo');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = scaled(11);
  ctx.textAlign = 'right';
  ctx.textBaseline = y - bbox.top < 18 * devicePixelRatio ? 'top' : 'bottom';
  ctx.fillText(text, bbox.left + bbox.width - 4 * devicePixelRatio, y);
  ctx.restore();
}

function scaled(pixels: number): string {
  return `${pixels * devicePixelRatio}px system-ui, sans-serif`;
}

/** Arrow keys, Home and End move through the windows; the values there are announced. */
function listenToKeys(place: HTMLElement, plot: uPlot): void {
  const count = plot.data[0].length;
  const steps: Readonly<Record<string, (at: number) => number>> = {
    ArrowRight: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    Home: () => 0,
    End: () => count - 1,
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = Math.min(count - 1, Math.max(0, step(plot.cursor.idx ?? -1)));
    pointAt(plot, plot.data[0][at] as number);
    announce(place);
  };
  place.addEventListener('keydown', onKey);
  plot.hooks.destroy = [() => place.removeEventListener('keydown', onKey)];
}

function pointAt(plot: uPlot, seconds: number): void {
  plot.setCursor({ left: plot.valToPos(seconds, 'x'), top: plot.over.clientHeight / 2 });
}

function announce(place: HTMLElement): void {
  const announcer = document.getElementById('announcer');
  if (announcer === null) return;
  announcer.textContent = [...place.querySelectorAll('.u-series')]
    .map(
      (row) =>
        `${row.querySelector('.u-label')?.textContent} ${row.querySelector('.u-value')?.textContent}`,
    )
    .join(', ');
}
