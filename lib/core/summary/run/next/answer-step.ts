import type { LagAnswer } from '../../../../questions/batch/schema.ts';
import type { ContractAnswers } from '../../../../questions/smoke/schema.ts';
import { knownSlope } from '../../../../questions/soak/measure-words.ts';
import type { Drift } from '../../../../questions/soak/schema.ts';
import type { Burst } from '../../../../questions/spike/schema.ts';
import { durationSeconds } from '../../../load/stages.ts';
import { formatMs } from '../../../report/format-figure.ts';
import { otherCommand } from '../../../report/run-command.ts';
import { renderDuration } from '../../../text/parse-duration.ts';
import { shellWord } from '../../../text/shell-word.ts';
import type { NextStep } from '../../../text/statement.ts';
import { type EndedRun, runAgain, runLonger } from './ended-run.ts';
import { breakpointStep, capacityStep } from './limit-steps.ts';

/** A soak longer than this is not proposed. */
const MOST_HOURS = 24;

/** What follows from the answer to the question of the run; null if nothing does. */
export function answerStep(run: EndedRun): NextStep | null {
  const { capacity, breakpoint, contract, ab, lag, burst, drift } = run.report.answers;
  if (capacity !== undefined) return capacityStep(run, capacity);
  if (breakpoint !== undefined) return breakpointStep(run, breakpoint);
  if (contract !== undefined) return contractStep(run, contract);
  if (lag !== undefined) return lagStep(run, lag);
  if (burst !== undefined) return burstStep(run, burst);
  if (drift !== undefined) return driftStep(run, drift);
  return ab === undefined ? null : comparedStep(run);
}

function contractStep({ report }: EndedRun, { rows, refused }: ContractAnswers): NextStep | null {
  if (rows.some(({ verdict }) => verdict === 'broken')) {
    // The embedded order API breaks its contract only by a deployment that is there to show it.
    if (report.target.platform === 'local')
      return runAgain(report, 'Correct the API, and run again');
    return {
      text: 'Correct the API; or, if it is meant to behave like this, describe its contract in `order` in the config: --learn proposes how',
      command: otherCommand(report, 'smoke', { learn: true }),
    };
  }
  if (refused !== undefined) {
    return runAgain(
      report,
      'Correct the credentials (--api-key-env, --bearer-env, --sigv4, --header) or the path: a REST API of API Gateway responds with 403 to an unknown path',
    );
  }
  return rows.some(({ verdict }) => verdict === 'notChecked')
    ? runAgain(report, 'Read k6.log in the folder of the run, and run again')
    : null;
}

function lagStep({ report }: EndedRun, { keepsUp, lost, source }: LagAnswer): NextStep | null {
  if (lost.value !== null && lost.value > 0) {
    return runAgain(
      report,
      'Read the log of the consumer and the dead-letter queue for what became of the lost orders, and run again',
    );
  }
  if (keepsUp === false) {
    const waitedMs = report.queue?.wait.limitMs ?? 60_000;
    return runAgain(
      report,
      `Wait longer than ${formatMs(waitedMs)} to see whether the queue drains`,
      {
        drainWait: renderDuration(2 * waitedMs),
      },
    );
  }
  if (keepsUp === null || source === 'absent') {
    return runAgain(
      report,
      'Let the suite see when orders are stored (docs/batch.md), and run again',
    );
  }
  return null;
}

function burstStep({ report }: EndedRun, { recovery }: Burst): NextStep | null {
  if (recovery.status === 'notRecovered') {
    return runLonger(report, 'Watch it for longer to see when it recovers', 2);
  }
  if (recovery.status === 'notDetermined' && report.run.verdict === 'pass') {
    return runLonger(report, 'Run longer to determine the time to recover', 2);
  }
  return null;
}

function driftStep({ report }: EndedRun, { status, measures }: Drift): NextStep | null {
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

/** The folder is not in the report, but follows from its command. */
function comparedStep({ report }: EndedRun): NextStep {
  const { command, id } = report.run;
  const out = command?.[command.indexOf('--out') + 1];
  const folder = command?.includes('--out') && out !== undefined ? out : `results/${id}`;
  return {
    text: 'Let compare judge whether B differs from A',
    command: command === undefined ? null : `npm run compare -- ${shellWord(folder)}`,
  };
}
