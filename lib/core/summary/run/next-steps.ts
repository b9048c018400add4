import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { NextStep } from '../../text/statement.ts';

/** What the reader of a run may do next, by the cause of its outcome, most important first. */
export function nextSteps(_report: AnsweredReport): readonly NextStep[] {
  return [];
}
