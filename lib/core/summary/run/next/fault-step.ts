import { type EndedRun, runAgain } from '../../../report/ended-run.ts';
import type { FaultCause } from '../../../report/fault.ts';
import { droppedStep, lateStep, slower } from '../../../report/generator-steps.ts';
import { faultsOf } from '../../../report/verdict.ts';
import type { NextStep } from '../../../text/statement.ts';

/** What to do about the most important thing that was wrong with the run itself; null if nothing was. */
export function faultStep(run: EndedRun): NextStep | null {
  const [first] = faultsOf(run.evidence);
  return first === undefined ? null : STEPS[first.cause](run);
}

const again =
  (text: string) =>
  ({ report }: EndedRun): NextStep =>
    runAgain(report, text);

const STEPS: Readonly<Record<FaultCause, (run: EndedRun) => NextStep>> = {
  noTelemetry: () => ({
    text: 'Read k6.log in the folder of the run, and check this machine: k6 must reach the receiver on loopback',
    command: 'npm run doctor',
  }),
  telemetryIncomplete: again('Read the end of k6.log in the folder of the run, and run again'),
  telemetryWrong: again('Run again; if it says so once more, read k6.log in the folder of the run'),
  k6Killed: (run) => slower(run, 'If this machine ran out of memory, lower --max-in-flight'),
  k6Failed: again(
    'Read the end of k6.log in the folder of the run, correct what it names, and run again',
  ),
  notStarted: again('Read k6.log in the folder of the run, and run again'),
  noOutcome: again(
    'Count orders in the scenario with the order client (docs/your-own-scenario.md), and run again',
  ),
  scenarioThrew: again('Correct the scenario at the place that the exception names, and run again'),
  unreachable: again('Start the target or correct its address, and run again'),
  offeredTooFew: (run) =>
    slower(run, 'Let the scenario follow the load plan, use a larger machine'),
  token: again('Repair what provides the token, and run again'),
  bunched: lateStep,
  late: lateStep,
  saturated: (run) => slower(run, 'Use a larger machine'),
  dropped: droppedStep,
};
