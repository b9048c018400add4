import { drawCharts } from './charts.ts';
import { followRun } from './live.ts';
import { readPageData } from './page-data.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';

let erase = drawCharts(readPageData(document), null);

/** Draws the charts again, with newer figures or other colors, and keeps the crosshair where it was. */
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
