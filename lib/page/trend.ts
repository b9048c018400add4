import type { TrendPageData } from '../core/render/trend/trend-page.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';
import { drawTrends } from './trend-chart.ts';

// The suite wrote this data, so its shape is trusted.
const { charts } = JSON.parse(
  document.getElementById('data')?.textContent ?? '{}',
) as TrendPageData;
let erase = drawTrends(charts);

prepareThemeButton();
onThemeChange(() => {
  erase();
  erase = drawTrends(charts);
});
