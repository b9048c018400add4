import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { Comparison } from '../../compare/comparison.ts';

/** A comparison with the runs that it is of, as the page draws them. */
export interface RenderedComparison {
  readonly comparison: Comparison;
  /** Empty where the history stands for A, and for an ab run, which is in `b` with both arms. */
  readonly a: readonly AnsweredReport[];
  readonly b: readonly AnsweredReport[];
}
