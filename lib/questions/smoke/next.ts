import { type EndedRun, runAgain } from '../../core/report/ended-run.ts';
import { otherCommand } from '../../core/report/run-command.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { ContractAnswers } from './schema.ts';

/** What to do about promises that were broken or not checked. */
export function smokeNext(
  { rows, refused }: ContractAnswers,
  { report }: EndedRun,
): NextStep | null {
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
