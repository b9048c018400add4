import { peakRate } from '../load/stages.ts';
import { type EndedRun, rateText, runAtRate, runLonger } from '../report/ended-run.ts';
import { droppedStep, slower } from '../report/generator-steps.ts';
import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import type { NextStep } from '../text/statement.ts';

/** What to do if every step met the SLO. */
export function higher({ report }: EndedRun): NextStep {
  const rate = 2 * peakRate(report.load.stages);
  return runAtRate(report, `Go higher, such as up to ${rateText(rate)}/s`, rate);
}

/** What to do if even the first step missed the SLO: the peak becomes the rate of the first step, so all steps lie below it. */
export function lower({ report }: EndedRun, [first]: readonly JudgedStep[]): NextStep {
  const rate = first?.ratePerSecond ?? peakRate(report.load.stages) / 4;
  return runAtRate(report, `Start lower: climb up to ${rateText(rate)}/s`, rate);
}

/** What to do if the load generator was the limit, or no step was completed. */
export function notDetermined(run: EndedRun, steps: readonly JudgedStep[]): NextStep {
  if (steps.length === 0) {
    return runLonger(run.report, 'Run longer, and to its end: no step was completed', 2);
  }
  const [most] = run.evidence.generator.notSent ?? [];
  return most === undefined ? slower(run, 'Use a larger machine') : droppedStep(run);
}
