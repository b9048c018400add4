import type { TrendPageData } from '../core/render/trend/trend-page.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';
import { drawTrends } from './trend-chart.ts';

// Of the page's own making, so its shape is trusted.
const { charts } = JSON.parse(
  document.getElementById('data')?.textContent ?? '{}',
) as TrendPageData;
let erase = drawTrends(charts);

prepareThemeButton();
onThemeChange(() => {
  erase();
  erase = drawTrends(charts);
});
