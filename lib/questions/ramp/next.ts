import { higher, lower, notDetermined } from '../../core/judge/limit-steps.ts';
import { type EndedRun, rateText, runLonger } from '../../core/report/ended-run.ts';
import { formatRate } from '../../core/report/format-figure.ts';
import { otherCommand } from '../../core/report/run-command.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { Capacity } from './schema.ts';

/** How much longer a run should be whose steps had too few orders. */
const LONGER = 4;

/** What to do after a ramp. */
export function rampNext(capacity: Capacity, run: EndedRun): NextStep {
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
