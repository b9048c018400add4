import type { Report } from '../core/report/schema/report-schema.ts';
import type { Answers } from './answers-schema.ts';
import type { Finding } from './question.ts';
import { questionOf } from './registry.ts';
import type { AnsweredReport } from './report-schema.ts';

/**
 * The report with the answer to its scenario's question, and the resulting verdict. Answers that the report already
 * holds must follow their schema.
 */
export function answerReport(report: Report): AnsweredReport {
  const known = report.answers as Answers;
  const rules = questionOf(report.run.scenario)?.answer;
  if (rules === undefined) return { ...report, answers: known };
  const { answer, findings, summary } = rules.find(report, report.answers[rules.key]);
  const answers = answer === undefined ? known : { ...known, [rules.key]: answer };
  return { ...report, answers, run: { ...report.run, ...judge(report.run, findings, summary) } };
}

function judge(
  { verdict, reasons }: Report['run'],
  findings: readonly Finding[],
  summary: string | undefined,
): Pick<Report['run'], 'verdict' | 'reasons'> {
  const invalid = findings.filter((finding) => finding.verdict === 'invalid');
  const failed = findings.filter((finding) => finding.verdict === 'fail');
  const texts = (list: readonly Finding[]) => list.map(({ reason }) => reason);
  const alone = failed.filter(({ standsAlone }) => standsAlone);
  if (alone.length > 0) {
    const rest = [...invalid, ...failed].filter((finding) => !alone.includes(finding));
    const measured = verdict === 'pass' ? [] : reasons;
    return { verdict: 'fail', reasons: [...texts(alone), ...measured, ...texts(rest)] };
  }
  if (verdict === 'invalid')
    return { verdict, reasons: [...reasons, ...texts(invalid), ...texts(failed)] };
  const found = [...texts(invalid), ...texts(failed)];
  if (found.length === 0) {
    const isSummed = verdict === 'pass' && summary !== undefined;
    return { verdict, reasons: isSummed ? [summary, ...reasons.slice(1)] : reasons };
  }
  const worst = invalid.length > 0 ? 'invalid' : 'fail';
  return { verdict: worst, reasons: verdict === 'pass' ? found : [...found, ...reasons] };
}
