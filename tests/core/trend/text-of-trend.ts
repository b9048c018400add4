import { renderTrend } from '../../../lib/core/render/trend/trend-text.ts';
import { trendSummary } from '../../../lib/core/summary/trend/trend-summary.ts';
import type { SeriesTrend } from '../../../lib/core/trend/series-trend.ts';

/** Results whose reports are all gone. */
export const NO_REPORTS = {
  root: 'results',
  history: 'results/history',
  hasHistory: true,
  folders: new Map<string, string>(),
};

/** A trend as on a terminal of 100 columns, without colors. */
export function textOfTrend(trend: SeriesTrend): string {
  return renderTrend(trendSummary(trend, NO_REPORTS), { colors: false, width: 100 });
}
