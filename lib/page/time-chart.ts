import { type ChartData, windowText } from '../core/render/html/chart-data.ts';
import type { TimeChart, TimeSeries } from '../core/render/html/time-chart.ts';
import { windowSloText } from '../core/render/html/window-slo.ts';
import { formatMsLimit } from '../core/text/format-limit.ts';
import { barPaths } from './bar-paths.ts';
import { drawLevel } from './canvas-text.ts';
import type { ChartSpec } from './chart-frame.ts';
import { legendKey } from './chart-legend.ts';
import type { FrameLine } from './frame-line.ts';
import { drawHeatmap, heatmapKey, heatmapRange } from './heatmap-cells.ts';
import { drawSloStrip, sloStripKeys } from './slo-strip.ts';
import { drawStages } from './stage-marks.ts';
import { colorOf } from './theme.ts';
import type { Span } from './view.ts';

/** Wider than a line that may lie on it. */
const MAIN_PX = 4;

/** How a chart over the time of the run is drawn. */
export function timeChartSpec(chart: TimeChart, data: ChartData): ChartSpec {
  const { id, unit, series, isStacked = false } = chart;
  const lines = series.map((one) => lineOf(one, data.windowSeconds, isStacked));
  const spec: ChartSpec = {
    id,
    height: 260,
    xs: data.atSeconds,
    x: { unit: 'seconds', isLog: false },
    y: { unit, isLog: false },
    lines,
    hasNames: data.stages.length > 1,
    ...(isStacked ? { drawn: (isHidden) => stacked(lines, isHidden) } : {}),
    headOf: (position) => headOf(data, position),
    notesOf: (position) => notesOf(data, position),
    keys: sloStripKeys(data),
    behind: (plot) => drawStages(plot, data.stages, 'shades'),
    over: (plot) => drawSloStrip(plot, data),
  };
  return id === 'latency' ? withHeatmap(spec, data) : spec;
}

function withHeatmap(spec: ChartSpec, data: ChartData): ChartSpec {
  const { behind: _, ...others } = spec;
  const { heatmap, sloP95Ms } = data;
  const sloText = `p95 SLO: ${formatMsLimit(sloP95Ms)}`;
  return {
    ...others,
    height: 320,
    y: { ...spec.y, isLog: true, range: heatmapRange(heatmap, sloP95Ms) },
    keys: [legendKey('slo', 'dashed', sloText), heatmapKey(), ...spec.keys],
    under: (plot) => {
      if (heatmap !== null) drawHeatmap(plot, data, heatmap);
      drawStages(plot, data.stages, 'hairlines');
    },
    over: (plot) => {
      drawLevel(plot, 'y', sloP95Ms, sloText);
      drawSloStrip(plot, data);
    },
  };
}

function lineOf(series: TimeSeries, windowSeconds: number, isStacked: boolean): FrameLine {
  const { name, color, look, values, overall, isMain = false } = series;
  const line = { name, color, values, overall, ...(isMain ? { width: MAIN_PX } : {}) };
  switch (look) {
    case 'bars':
      return {
        ...line,
        look: 'fill',
        series: {
          width: 0,
          fill: colorOf(color),
          points: { show: false },
          paths: barPaths(windowSeconds, isStacked),
        },
      };
    case 'area':
      return { ...line, look: 'line', fill: `${color}-fill` };
    default:
      return { ...line, look };
  }
}

/** The values of each line on top of those before it; a hidden one adds nothing. */
function stacked(lines: readonly FrameLine[], isHidden: (line: FrameLine) => boolean): number[][] {
  let below: readonly number[] = [];
  return lines.map((line) => {
    const top = line.values.map(
      (value, position) => (below[position] ?? 0) + (isHidden(line) ? 0 : (value ?? 0)),
    );
    below = top;
    return top;
  });
}

function headOf(data: ChartData, position: number): string {
  const middle = data.atSeconds[position] ?? 0;
  const stage = data.stages.find(
    ({ fromSeconds, toSeconds }) => middle >= fromSeconds && middle < toSeconds,
  );
  const text = windowText(data, position);
  return stage === undefined || data.stages.length === 1 ? text : `${text} · ${stage.name}`;
}

function notesOf({ windowSlos }: ChartData, position: number): string[] {
  const slo = windowSlos[position] ?? { state: 'none' };
  return slo.state === 'met' ? [] : [`SLO ${windowSloText(slo)}`];
}

/** All windows, and the planned time after the last of them if that is short. */
export function runSpan({ atSeconds, windowSeconds, stages }: ChartData): Span {
  const first = (atSeconds[0] ?? 0) - windowSeconds / 2;
  const last = (atSeconds[atSeconds.length - 1] ?? 0) + windowSeconds / 2;
  const end = stages[stages.length - 1]?.toSeconds ?? last;
  return [Math.min(0, first), Math.max(last, Math.min(end, last * 1.02))];
}
