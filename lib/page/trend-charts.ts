import type { ChartRun, TrendChartData } from '../core/render/trend/trend-chart-data.ts';
import type { TrendPageData } from '../core/render/trend/trend-page.ts';
import { prepareAnnouncer } from './announce.ts';
import { createGroup } from './chart-group.ts';
import { drawTrend, type RunAxis } from './trend-chart.ts';
import { fillFigures } from './trend-figures.ts';
import { emptyView, type View } from './view.ts';

/** The charts of trends on a page. */
export interface TrendCharts {
  /** Draws every chart that can be seen, and removes the others: closed ones have no width to draw in. */
  readonly redraw: () => void;
}

/** The charts of a page, and the tables of their figures, which are made when they are opened. */
export function trendCharts({ charts, runs }: TrendPageData): TrendCharts {
  const view = emptyView();
  let erase: (() => void)[] = [];
  const chartsOf = (series: HTMLElement) =>
    Object.entries(charts)
      .filter(([id]) => id.startsWith(`${series.dataset['figures']}-`))
      .map(([, chart]) => chart);
  const figures = [...document.querySelectorAll<HTMLElement>('[data-figures]')];
  for (const details of figures) {
    details.addEventListener('toggle', () => fillFigures(details, runs, chartsOf(details)), {
      once: true,
    });
  }
  prepareAnnouncer();
  return {
    redraw() {
      for (const remove of erase) remove();
      erase = figures.flatMap((series) => {
        const name = series.dataset['figures'] ?? '';
        const places = document.querySelectorAll<HTMLElement>(`[data-trend^="${name}-"]`);
        const axis = runAxis(name, chartsOf(series), runs, view);
        return [...places].flatMap((place) => {
          const chart = charts[place.dataset['trend'] ?? ''];
          if (chart === undefined || place.clientWidth === 0) return [];
          return [drawTrend(place, chart, axis, view)];
        });
      });
    },
  };
}

/** A run may lack one metric and have another, so the axis has the runs of all charts. */
function runAxis(
  name: string,
  charts: readonly TrendChartData[],
  runs: readonly ChartRun[],
  view: View,
): RunAxis {
  // The page lists its runs newest first.
  const positions = [...new Set(charts.flatMap((chart) => chart.runs))].sort((a, b) => b - a);
  const xs = positions.map((_, x) => x);
  const order = new Map(positions.map((position, x) => [position, x]));
  const full = [-0.5, positions.length - 0.5] as const;
  return {
    group: createGroup(name, { full, isLog: false, xs }, view),
    xOf: (position) => order.get(position) ?? 0,
    runAt: (x) => runs[positions[x] ?? -1],
  };
}
