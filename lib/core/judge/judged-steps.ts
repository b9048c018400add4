import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { judgeStep } from './judge-step.ts';
import { stepEvidence } from './step-evidence.ts';

/** Every step of a run that says something, by rate; of the same rate in the order of time. */
export function judgedSteps(report: Report): readonly JudgedStep[] {
  return stepEvidence(report)
    .flatMap((evidence) => {
      const judged = judgeStep(evidence, report.load);
      // A step that was cut short has had too little time to hold.
      return evidence.cutShort && (judged.ok || !judged.clear) ? [] : [judged];
    })
    .sort((a, b) => a.ratePerSecond - b.ratePerSecond);
}
