import { drawCharts } from './charts.ts';
import { followRun } from './live.ts';
import { readPageData } from './page-data.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';

let erase = drawCharts(readPageData(document));

function redraw(): void {
  erase();
  erase = drawCharts(readPageData(document));
}

prepareThemeButton();
onThemeChange(redraw);
if ('live' in document.documentElement.dataset) {
  followRun(() => {
    prepareThemeButton();
    redraw();
  });
}
