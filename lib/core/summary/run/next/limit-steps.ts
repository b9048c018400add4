import type { Breakpoint } from '../../../../questions/breakpoint/schema.ts';
import type { Capacity } from '../../../../questions/ramp/schema.ts';
import { formatRate } from '../../../report/format-figure.ts';
import { otherCommand } from '../../../report/run-command.ts';
import type { JudgedStep } from '../../../report/schema/judged-step-schema.ts';
import type { NextStep } from '../../../text/statement.ts';
import { type EndedRun, peakRate, rateText, runAtRate, runLonger } from './ended-run.ts';
import { droppedStep, slower } from './generator-steps.ts';

/** How much longer a run should be whose steps had too few orders. */
const LONGER = 4;

/** What to do after a ramp. */
export function capacityStep(run: EndedRun, capacity: Capacity): NextStep {
  const { report } = run;
  const { status, ratePerSecond, interval, steps } = capacity;
  switch (status) {
    case 'notReached':
      return higher(run);
    case 'belowFirstStep':
      return lower(run, steps);
    case 'notDetermined':
      return notDetermined(run, steps);
    case 'determined': {
      if (interval.low === null || interval.high === null) {
        return runLonger(report, 'Run longer: the steps had too few orders to be sure', LONGER);
      }
      const rate = ratePerSecond ?? interval.low;
      return {
        text: `See whether ${formatRate(rate)} holds for longer`,
        command: otherCommand(report, 'steady', { rate: rateText(rate), duration: '5m' }),
      };
    }
  }
}

/** What to do after a breakpoint run. */
export function breakpointStep(
  run: EndedRun,
  { status, firstBreach, steps }: Breakpoint,
): NextStep {
  switch (status) {
    case 'notReached':
      return higher(run);
    case 'belowFirstStep':
      return lower(run, steps);
    case 'notDetermined':
      return notDetermined(run, steps);
    case 'broken': {
      const rate = firstBreach?.ratePerSecond ?? peakRate(run.report);
      return {
        text: `Narrow down the rate that it can take: the ramp judges rates up to ${formatRate(rate)}`,
        command: otherCommand(run.report, 'ramp', { rate: rateText(rate) }),
      };
    }
  }
}

function higher({ report }: EndedRun): NextStep {
  const rate = 2 * peakRate(report);
  return runAtRate(report, `Go higher, such as up to ${rateText(rate)}/s`, rate);
}

/** The peak becomes the rate of the first step, so all steps lie below it. */
function lower({ report }: EndedRun, [first]: readonly JudgedStep[]): NextStep {
  const rate = first?.ratePerSecond ?? peakRate(report) / 4;
  return runAtRate(report, `Start lower: climb up to ${rateText(rate)}/s`, rate);
}

function notDetermined(run: EndedRun, steps: readonly JudgedStep[]): NextStep {
  if (steps.length === 0) {
    return runLonger(run.report, 'Run longer, and to its end: no step was completed', 2);
  }
  const [most] = run.evidence.generator.notSent ?? [];
  return most === undefined ? slower(run, 'Use a larger machine') : droppedStep(run);
}
