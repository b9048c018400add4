import type { TrendPageData } from '../core/render/trend/trend-page.ts';
import { drawTrend } from './trend-chart.ts';
import { fillFigures } from './trend-figures.ts';

/** The charts of trends on a page. */
export interface TrendCharts {
  /** Draws every chart that can be seen, and removes the others: closed ones have no width to draw in. */
  readonly redraw: () => void;
}

/** The charts of a page, and the tables of their figures, which are made when they are opened. */
export function trendCharts(data: TrendPageData): TrendCharts {
  let erase: (() => void)[] = [];
  const places = [...document.querySelectorAll<HTMLElement>('[data-trend]')];
  for (const details of document.querySelectorAll<HTMLDetailsElement>('[data-figures]')) {
    const metrics = Object.entries(data.charts)
      .filter(([id]) => id.startsWith(`${details.dataset['figures']}-`))
      .map(([, chart]) => chart);
    details.addEventListener('toggle', () => fillFigures(details, data.runs, metrics), {
      once: true,
    });
  }
  return {
    redraw() {
      for (const remove of erase) remove();
      erase = places.flatMap((place) => {
        const chart = data.charts[place.dataset['trend'] ?? ''];
        if (chart === undefined || place.clientWidth === 0) return [];
        return [drawTrend(place, chart, data.runs)];
      });
    },
  };
}
