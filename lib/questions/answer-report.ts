import type { Report } from '../core/report/schema/report-schema.ts';
import { answerAb } from './ab/answer.ts';
import type { Answered, Finding } from './answered.ts';
import { answerLag } from './batch/answer.ts';
import { answerBreakpoint } from './breakpoint/answer.ts';
import { answerCapacity } from './ramp/answer.ts';
import { answerContract } from './smoke/answer.ts';
import { answerDrift } from './soak/answer.ts';
import { answerBurst } from './spike/answer.ts';

/** Answers from a report alone, so that an old report can be answered again. */
type Question = (report: Report) => Answered;

/** By scenario. A scenario without a question of its own has no answer. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  smoke: answerContract,
  batch: answerLag,
  ab: answerAb,
  ramp: answerCapacity,
  spike: answerBurst,
  soak: answerDrift,
  breakpoint: answerBreakpoint,
};

/** The report with the answer to the question that its scenario asks, and the verdict it leads to. */
export function answerReport(report: Report): Report {
  const question = QUESTIONS[report.run.scenario];
  if (question === undefined) return report;
  const { answers, findings, summary } = question(report);
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
