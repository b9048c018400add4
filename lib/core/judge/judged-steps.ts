import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { judgeStep } from './judge-step.ts';
import { stepEvidence } from './step-evidence.ts';

/** Every step of a run that can be judged, by rate; steps of the same rate in the order in which they ran. */
export function judgedSteps(report: Report): readonly JudgedStep[] {
  return stepEvidence(report)
    .flatMap((evidence) => {
      const judged = judgeStep(evidence, report.load);
      // A step that was cut short was too short to show that the rate holds.
      return evidence.cutShort && (judged.ok || !judged.clear) ? [] : [judged];
    })
    .sort((a, b) => a.ratePerSecond - b.ratePerSecond);
}
