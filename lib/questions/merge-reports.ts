import { PLAIN_TRAITS } from '../core/load/question-profile.ts';
import { mergeRunners } from '../core/report/merge-runners.ts';
import type { Report } from '../core/report/schema/report-schema.ts';
import { questionOf } from './registry.ts';

/** One report of a run whose k6 processes each have a report; `mergeRunners` documents what it holds and when it throws. */
export function mergeReports(reports: readonly Report[]): Report {
  const question = questionOf(reports[0]?.run.scenario ?? '');
  return mergeRunners(reports, question?.profile.traits ?? PLAIN_TRAITS);
}
