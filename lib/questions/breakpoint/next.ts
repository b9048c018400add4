import { higher, lower, notDetermined } from '../../core/judge/limit-steps.ts';
import { peakRate } from '../../core/load/stages.ts';
import { type EndedRun, rateText } from '../../core/report/ended-run.ts';
import { formatRate } from '../../core/report/format-figure.ts';
import { otherCommand } from '../../core/report/run-command.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { Breakpoint } from './schema.ts';

/** What to do after a breakpoint run. */
export function breakpointNext(
  { status, firstBreach, steps }: Breakpoint,
  run: EndedRun,
): NextStep {
  switch (status) {
    case 'notReached':
      return higher(run);
    case 'belowFirstStep':
      return lower(run, steps);
    case 'notDetermined':
      return notDetermined(run, steps);
    case 'broken': {
      const rate = firstBreach?.ratePerSecond ?? peakRate(run.report.load.stages);
      return {
        text: `Narrow down the rate that it can take: the ramp judges rates up to ${formatRate(rate)}`,
        command: otherCommand(run.report, 'ramp', { rate: rateText(rate) }),
      };
    }
  }
}
