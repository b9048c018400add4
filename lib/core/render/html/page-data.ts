import type { ChartData } from './chart-data.ts';
import type { PlotData } from './line-plot.ts';

/** The data embedded in a page, for its script and for other programs. */
export interface PageData {
  readonly charts: ChartData;
  readonly plots: PlotData;
  /** The report as in report.json, without histograms. */
  readonly report: unknown;
}
