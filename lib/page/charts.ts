import type uPlot from 'uplot';
import type { PageData } from '../core/render/html/page-data.ts';
import { prepareAnnouncer } from './announce.ts';
import { drawChart } from './chart-frame.ts';
import { createGroup } from './chart-group.ts';
import { drawLinePlot } from './line-plot.ts';
import { runSpan, timeChartSpec } from './time-chart.ts';
import type { View } from './view.ts';

/** Draws every chart that the page has a place for, as the reader left it. The returned function removes them. */
export function drawCharts({ charts, plots = {} }: Partial<PageData>, view: View): () => void {
  prepareAnnouncer();
  const drawn: uPlot[] = [];
  if (charts !== undefined) {
    const group = createGroup(
      'time',
      { full: runSpan(charts), isLog: false, xs: charts.atSeconds },
      view,
    );
    for (const place of placesOf('[data-chart]')) {
      const chart = charts.charts.find(({ id }) => id === place.dataset['chart']);
      if (chart) drawn.push(drawChart(place, timeChartSpec(chart, charts), group, view));
    }
  }
  for (const place of placesOf('[data-plot]')) {
    const plot = plots[place.dataset['plot'] ?? ''];
    if (plot) drawn.push(drawLinePlot(place, plot, view));
  }
  return () => {
    for (const plot of drawn.splice(0)) plot.destroy();
  };
}

/** A hidden place has no width to draw in. */
function placesOf(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter(
    ({ clientWidth }) => clientWidth > 0,
  );
}
