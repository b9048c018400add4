import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { Comparison } from '../../compare/comparison.ts';

/** A comparison with the reports it was made from, which the page draws. */
export interface RenderedComparison {
  readonly comparison: Comparison;
  /** Empty if B is compared with the history, and for an ab run, whose one report is in `b` and holds both arms. */
  readonly a: readonly AnsweredReport[];
  readonly b: readonly AnsweredReport[];
}
