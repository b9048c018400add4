import type { Comparison } from '../../compare/comparison.ts';
import type { ComparedReports } from '../../summary/comparison/comparison-plots.ts';

/** A comparison with the reports it was made from, which the page draws. */
export interface RenderedComparison extends ComparedReports {
  readonly comparison: Comparison;
}
