import { type EndedRun, runLonger } from '../../../report/ended-run.ts';
import { formatRatioAgainst } from '../../../report/format-figure.ts';
import { servedOf } from '../../../report/outcome-counts.ts';
import { givenValue, runCommand } from '../../../report/run-command.ts';
import { wilsonInterval } from '../../../statistics/wilson-interval.ts';
import { formatRatioLimit } from '../../../text/format-limit.ts';
import type { NextStep } from '../../../text/statement.ts';

/** Longer runs than this are not proposed for certainty alone. */
const MOST_TIMES = 50;

/** What to do after a run that passed: make it certain if it had few orders, or compare it. */
export function passStep(run: EndedRun): NextStep {
  return uncertainStep(run) ?? besideStep(run);
}

/** A success within the SLO whose interval reaches below it may be luck. */
function uncertainStep({ report }: EndedRun): NextStep | null {
  const { successRatioInterval, outcomes, offered } = report.requests;
  const slo = report.load.slo.successRatio;
  const low = successRatioInterval?.[0] ?? 1;
  if (low >= slo) return null;
  const served = servedOf(outcomes);
  for (let times = 2; times <= MOST_TIMES; times++) {
    const interval = wilsonInterval(times * served, times * offered);
    if (interval === null || interval[0] < slo) continue;
    const text = `Run ${times} times as long to be sure of ${formatRatioLimit(slo)}: with so few orders, success may be as low as ${formatRatioAgainst(low, slo)}`;
    return runLonger(report, text, times);
  }
  return null;
}

function besideStep({ report }: EndedRun): NextStep {
  const isInResults = report.run.command !== undefined && givenValue(report, 'out') === null;
  return isInResults
    ? { text: 'See it beside earlier runs', command: 'npm run results' }
    : {
        text: 'Run the same load again after a change, and compare the two',
        command: runCommand(report),
      };
}
