import { durationSeconds } from '../../core/load/stages.ts';
import { type EndedRun, runLonger } from '../../core/report/ended-run.ts';
import type { NextStep } from '../../core/text/statement.ts';
import { knownSlope } from './measure-words.ts';
import type { Drift } from './schema.ts';

/** A soak longer than this is not proposed. */
const MOST_HOURS = 24;

/** What to do about a target that becomes worse, or a soak that was too short to see it. */
export function soakNext({ status, measures }: Drift, { report }: EndedRun): NextStep | null {
  if (measures.some(isWorsening)) {
    return runLonger(
      report,
      'Look for what grows: memory, connections, a table; and run longer to see where it leads',
      2,
    );
  }
  const hours = measures.flatMap(({ hoursNeeded }) => hoursNeeded ?? []).sort((a, b) => a - b)[0];
  if (status === 'flat' || hours === undefined || report.run.verdict === 'invalid') return null;
  const factor = (Math.min(hours, MOST_HOURS) * 3600) / durationSeconds(report.load.stages);
  return runLonger(report, 'Run longer to see a drift', Math.max(2, factor));
}

/** Whether a measure clearly becomes worse; what changes by an unknown amount may have been the start of the run. */
function isWorsening(measure: Drift['measures'][number]): boolean {
  const slope = knownSlope(measure) ?? 0;
  return measure.status === 'drifting' && (measure.name === 'success' ? slope < 0 : slope > 0);
}
