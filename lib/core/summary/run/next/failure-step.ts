import { peakRate } from '../../../load/stages.ts';
import { type EndedRun, runAgain } from '../../../report/ended-run.ts';
import { formatRate } from '../../../report/format-figure.ts';
import { lossesOf } from '../../../report/losses.ts';
import { otherCommand } from '../../../report/run-command.ts';
import type { Failure } from '../../../report/schema/failure-schema.ts';
import type { NextStep } from '../../../text/statement.ts';
import { momentText } from './slow-span.ts';

/** What to do about the most frequent reason for which orders were not stored; null if every order was. */
export function failureStep(run: EndedRun): NextStep | null {
  const { report } = run;
  // What was dropped is the load generator's own, and what is unresolved was cut off.
  const most = lossesOf(report.requests).find(
    ({ loss }) => loss !== 'dropped' && loss !== 'unresolved',
  );
  if (most === undefined) return null;
  const failure = report.requests.failures?.find(({ outcome }) => outcome === most.loss);
  const when = failure === undefined ? '' : momentText(report, failure);
  const during = when === '' ? '' : ` from ${when}`;
  switch (most.loss) {
    case 'throttled':
      return throttledStep(run);
    case 'timeout':
      return runAgain(
        report,
        `Find what the orders that timed out${during} waited for, and run again`,
      );
    case 'connection':
      return runAgain(
        report,
        `Find what closed or refused connections${during}: the target, its load balancer or a firewall; then run again`,
      );
    case 'rejected':
    case 'unexpectedBody':
      return refusedStep(run, failure?.status ?? null);
    case 'serverError':
    case 'platformRejected':
      return runAgain(
        report,
        `Read the log of the API${during}, when the errors came, and run again`,
      );
    case 'unresolved':
    case 'dropped':
      return null;
  }
}

/** By Little's law, a rate needs as many concurrent calls as orders arrive while the handler serves one. */
function throttledStep({ report }: EndedRun): NextStep {
  const { target, lambda } = report;
  const rate = peakRate(report.load.stages);
  const handlerMs = lambda.handlerMs?.mean ?? null;
  const needed = handlerMs === null ? null : Math.ceil((rate * handlerMs) / 1000);
  const limit = target.concurrencyLimit;
  const need = needed === null ? '' : `${formatRate(rate)} need about ${needed} calls at once`;
  if (limit === undefined) {
    return runAgain(
      report,
      `Raise what limits the target${need === '' ? '' : ` (${need})`}: the concurrency of its function, a quota of the key or of the gateway; then run again`,
    );
  }
  const why = needed !== null && needed > limit ? ` (${need})` : '';
  return runAgain(report, `Raise the concurrency limit above ${limit}${why}, or lower the rate`);
}

/** The hint of the failure, which the reasons hold, says what the response means. */
function refusedStep({ report }: EndedRun, status: Failure['status']): NextStep {
  switch (status) {
    case 401:
    case 403:
      return runAgain(report, 'Correct the credentials, and run again');
    case 400:
    case 415:
    case 422:
      return {
        text: 'Describe orders as the API expects them; smoke proposes how',
        command: otherCommand(report, 'smoke', { learn: true }),
      };
    default:
      return runAgain(
        report,
        'Correct the address, the path or the order in the config, and run again',
      );
  }
}
