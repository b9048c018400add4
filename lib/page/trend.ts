import type { TrendPageData } from '../core/render/trend/trend-page.ts';
import { prepareCopyButtons } from './copy-buttons.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';
import { trendCharts } from './trend-charts.ts';

// The suite wrote this data, so its shape is trusted.
const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as TrendPageData;
const charts = trendCharts(data);
charts.redraw();
prepareThemeButton();
prepareCopyButtons();
onThemeChange(charts.redraw);
