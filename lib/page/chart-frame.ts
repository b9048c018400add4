import uPlot from 'uplot';
import type { Levels } from '../core/render/html/time-chart.ts';
import { plotFigure } from '../core/render/plot-figure.ts';
import { axesOf, type FrameAxis } from './chart-axes.ts';
import { type ChartGroup, moveCrosshair } from './chart-group.ts';
import { listenToKeys } from './chart-keys.ts';
import { createLegend } from './chart-legend.ts';
import { createTooltip, type TooltipText } from './chart-tooltip.ts';
import { type FrameLine, seriesOf } from './frame-line.ts';
import type { View } from './view.ts';

export interface ChartSpec {
  readonly id: string;
  /** Height in CSS pixels, axes included. */
  readonly height: number;
  readonly xs: readonly number[];
  readonly x: FrameAxis;
  readonly y: FrameAxis;
  readonly lines: readonly FrameLine[];
  /** Whether names are drawn above the plot. */
  readonly hasNames: boolean;
  /** The values to draw if some lines are hidden; by default those of the lines. */
  readonly drawn?: (isHidden: (line: FrameLine) => boolean) => readonly Levels[];
  /** Areas between two lines. */
  readonly bands?: readonly uPlot.Band[];
  readonly headOf: (position: number) => string;
  readonly notesOf?: (position: number) => readonly string[];
  /** What else the legend explains. */
  readonly keys: readonly HTMLElement[];
  /** Draws below the grid. */
  readonly behind?: (plot: uPlot) => void;
  /** Draws above the grid and below the lines. */
  readonly under?: (plot: uPlot) => void;
  /** Draws above everything. */
  readonly over?: (plot: uPlot) => void;
}

/** Draws one chart into its place, with its legend, tooltip and keys. */
export function drawChart(
  place: HTMLElement,
  spec: ChartSpec,
  group: ChartGroup,
  view: View,
): uPlot {
  const { id, xs, lines } = spec;
  const keyOf = (line: FrameLine) => `${id}/${line.name}`;
  const isHidden = (line: FrameLine) => view.hidden.has(keyOf(line));
  const dataOf = () =>
    [xs, ...(spec.drawn?.(isHidden) ?? lines.map(({ values }) => values))] as uPlot.AlignedData;
  const textOf = (line: FrameLine, position: number) =>
    line.text?.(position) ?? plotFigure(spec.y.unit, line.values[position] ?? null);
  const tooltipAt = (position: number): TooltipText => ({
    head: spec.headOf(position),
    rows: lines
      .filter((line) => line.isSilent !== true && !isHidden(line))
      .map((line) => ({ ...line, value: textOf(line, position) })),
    notes: spec.notesOf?.(position) ?? [],
  });

  const tooltip = createTooltip();
  const legend = createLegend(
    lines.map((line) => ({ ...line, isHidden: isHidden(line) })),
    spec.keys,
    (position, isShown) => {
      const line = lines[position] as FrameLine;
      if (isShown) view.hidden.delete(keyOf(line));
      else view.hidden.add(keyOf(line));
      plot.setSeries(position + 1, { show: isShown });
      if (spec.drawn) plot.setData(dataOf());
    },
    () => {
      // The button that had the focus disappears.
      place.focus({ preventScroll: true });
      group.zoomTo(null);
    },
  );
  /** Only the chart that the reader points at, or has focused, shows its tooltip. */
  let isPointedAt = place.contains(document.activeElement) || place.matches(':hover');
  /** Until then it follows the crosshair that the other charts have. */
  let isReady = false;
  const crosshair = group.crosshair();

  function showCrosshair(plot: uPlot): void {
    const { idx, left = -10 } = plot.cursor;
    const position = left < 0 ? null : (idx ?? null);
    legend.show(position === null ? null : lines.map((line) => textOf(line, position)));
    if (isReady) group.follow(plot, position === null ? null : plot.posToVal(left, 'x'));
    if (position === null || !isPointedAt) tooltip.hide();
    else {
      const at = plot.valToPos(xs[position] as number, 'x');
      tooltip.show(tooltipAt(position), at, plot.over.clientWidth);
    }
  }

  const plot = new uPlot(
    {
      width: Math.max(280, place.clientWidth),
      height: spec.height,
      cursor: {
        y: false,
        points: { size: 7 },
        drag: { x: true, y: false, setScale: false, dist: 5 },
        bind: {
          dblclick: () => () => {
            group.zoomTo(null);
            return null;
          },
        },
      },
      legend: { show: false },
      ...axesOf(spec.x, spec.y, group, spec.hasNames),
      bands: [...(spec.bands ?? [])],
      series: [{}, ...lines.map((line) => seriesOf(line, isHidden(line)))],
      hooks: {
        drawClear: spec.behind === undefined ? [] : [spec.behind],
        drawAxes: spec.under === undefined ? [] : [spec.under],
        draw: spec.over === undefined ? [] : [spec.over],
        setCursor: [showCrosshair],
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            group.zoomTo([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
          },
        ],
        ready: [
          (plot) => {
            plot.over.append(tooltip.element);
            isReady = true;
            if (crosshair !== null) moveCrosshair(plot, crosshair);
          },
        ],
      },
    },
    dataOf(),
    place,
  );
  place.append(legend.element);
  group.join({ plot, zoomed: legend.setZoomed });
  const pointedAt = (isIt: boolean) => () => {
    isPointedAt = isIt;
  };
  plot.over.addEventListener('mouseenter', pointedAt(true));
  plot.over.addEventListener('mouseleave', pointedAt(false));
  const stopListening = listenToKeys(place, plot, group, tooltipAt, (isIt) => {
    isPointedAt = isIt;
  });
  plot.hooks.destroy = [stopListening, () => legend.element.remove()];
  return plot;
}
