import type { Comparison } from '../../compare/comparison.ts';
import type { Report } from '../../report/schema/report-schema.ts';

/** A comparison with the runs that it is of, as the page draws them. */
export interface RenderedComparison {
  readonly comparison: Comparison;
  /** Empty where the history stands for A, and for an ab run, which is in `b` with both arms. */
  readonly a: readonly Report[];
  readonly b: readonly Report[];
}
