import { drawCharts } from './charts.ts';
import { followRun } from './live.ts';
import { readPageData } from './page-data.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';

let erase = drawCharts(readPageData(document), null);

/** Newer figures or other colors: whoever reads the values of a window goes on reading them. */
function redraw(): void {
  const atSeconds = erase();
  erase = drawCharts(readPageData(document), atSeconds);
}

prepareThemeButton();
onThemeChange(redraw);
if ('live' in document.documentElement.dataset) {
  followRun(() => {
    prepareThemeButton();
    redraw();
  });
}
