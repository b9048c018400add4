import type { Verdict } from '../core/report/schema/report-schema.ts';
import type { AnsweredReport } from '../questions/report-schema.ts';
import { answerReport } from './answer-report.ts';

export interface AnsweredAgain {
  readonly report: AnsweredReport;
  /** The verdict by today's rules if it differs from the recorded one, else null. */
  readonly otherVerdict: { readonly verdict: Verdict; readonly reason: string } | null;
}

/**
 * An old report with the missing answers, computed from its own figures. Verdict and reasons stay as
 * recorded, so a run that ended with exit code 0 does not silently fail afterwards.
 */
export function answerAgain(report: AnsweredReport): AnsweredAgain {
  if (Object.keys(report.answers).length > 0) return { report, otherVerdict: null };
  const answered = answerReport(report);
  const { verdict, reasons } = answered.run;
  return {
    report: { ...report, answers: answered.answers },
    otherVerdict:
      verdict === report.run.verdict ? null : { verdict, reason: reasons[0] ?? 'no reason' },
  };
}
