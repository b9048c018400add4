import { prepareBackLink } from './back-link.ts';
import { drawCharts } from './charts.ts';
import { prepareCopyButtons } from './copy-buttons.ts';
import { openPartsForPrint } from './folded-parts.ts';
import { followRun } from './live.ts';
import { readPageData } from './page-data.ts';
import { onThemeChange, prepareThemeButton } from './theme.ts';
import { emptyView, paperView } from './view.ts';

const view = emptyView();
let erase = drawCharts(readPageData(document), view);

/** Draws the charts again, with newer figures, other colors or another width. */
function redraw(): void {
  erase();
  const isPaper = 'paper' in document.documentElement.dataset;
  erase = drawCharts(readPageData(document), isPaper ? paperView(view) : view);
}

function prepareControls(): void {
  prepareThemeButton();
  prepareCopyButtons();
  prepareBackLink();
}

prepareControls();
openPartsForPrint();
onThemeChange(redraw);
if ('live' in document.documentElement.dataset) {
  followRun({
    // A chart that loses its place while it listens would take its crosshair for left.
    replacing: () => erase(),
    replaced: () => {
      prepareControls();
      redraw();
    },
  });
}
