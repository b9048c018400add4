import { type Evidence, neverConnected } from './evidence.ts';
import { failureNames } from './failure-words.ts';
import type { Fault } from './fault.ts';
import { formatCount, formatRatioAgainst } from './format-figure.ts';
import { resolvedOf } from './outcome-counts.ts';

/** 99: a threshold of k6 was missed, which the report judges itself; 108, 110: the scenario ended the test. */
const EXITS_OF_A_WHOLE_RUN = [0, 99, 108, 110];
const EXIT_BY_SIGNAL = 105;

/** Why no conclusion can be drawn, whatever the generator's influence; empty if one can. */
export function invalidFaults(evidence: Evidence): Fault[] {
  return [...k6Faults(evidence), ...telemetryFaults(evidence), ...loadFaults(evidence)];
}

function telemetryFaults({ run }: Evidence): Fault[] {
  if (run.runners.length === 0) {
    return [
      {
        cause: 'noTelemetry',
        text: 'No telemetry arrived from k6, so nothing was counted.',
      },
    ];
  }
  const wrong = (text: string): Fault => ({ cause: 'telemetryWrong', text });
  return [
    ...run.telemetryFaults.map((fault) => wrong(`The telemetry cannot be trusted: ${fault}`)),
    ...run.runners.flatMap(({ name, faults }) =>
      faults
        .filter((fault) => !run.telemetryFaults.includes(fault))
        .map((fault) => wrong(`The telemetry of runner ${name} cannot be trusted: ${fault}`)),
    ),
    ...run.runners
      .filter(({ ended }) => !ended)
      .map(
        ({ name }): Fault => ({
          cause: 'telemetryIncomplete',
          text: `The telemetry of runner ${name} stops before the end of the run, so orders may be missing: k6 was killed or could not push.`,
        }),
      ),
  ];
}

function k6Faults({ run, generator }: Evidence): Fault[] {
  return run.k6Exits.flatMap(({ exitCode, signal }): Fault[] => {
    const stopped = run.status !== 'completed';
    const [exception] = generator.exceptions;
    const cause = exception === undefined ? '' : ` First cause: ${exception.message}`;
    // The suite itself only ends k6 by a signal if its user stopped the run.
    if (signal !== null && run.status !== 'interrupted') {
      return [{ cause: 'k6Killed', text: `k6 was ended from outside by ${signal}.${cause}` }];
    }
    if (exitCode === null || EXITS_OF_A_WHOLE_RUN.includes(exitCode)) return [];
    if (exitCode === EXIT_BY_SIGNAL && stopped) return [];
    const text = `k6 ended with exit code ${exitCode}, so the load was not made as planned.${cause}`;
    return [{ cause: 'k6Failed', text }];
  });
}

function loadFaults(evidence: Evidence): Fault[] {
  const { requests, generator, run, thresholds, baseUrl } = evidence;
  const [exception] = generator.exceptions;
  if (requests.total === 0) {
    // Dropped orders are reported as the generator's fault.
    if (run.runners.length === 0 || requests.dropped > 0) return [];
    const what = 'No order was started, so nothing was tested.';
    return [
      exception === undefined
        ? { cause: 'notStarted', text: what }
        : { cause: 'scenarioThrew', text: `${what} The scenario threw: ${exception.message}` },
    ];
  }
  if (requests.unresolved === requests.total && run.status !== 'interrupted') {
    return [
      exception === undefined
        ? {
            cause: 'noOutcome',
            text: 'No order got an outcome, because the scenario counts none.',
          }
        : {
            cause: 'scenarioThrew',
            text: `Every iteration threw an exception, so no order was judged: ${exception.message}`,
          },
    ];
  }
  const thrown = generator.exceptions.reduce((sum, { count }) => sum + count, 0);
  if (exception !== undefined && thrown >= requests.total + resolvedOf(evidence.warmupOutcomes)) {
    return [
      {
        cause: 'scenarioThrew',
        text: `Every iteration threw an exception, so the scenario never ran to its end: ${exception.message}`,
      },
    ];
  }
  if (neverConnected(requests.outcomes, evidence.warmupOutcomes)) {
    const attempts = formatCount(resolvedOf(requests.outcomes), 'attempt');
    const names = failureNames(requests.failures, 'connection');
    const [most] = requests.failures ?? [];
    const meaning = most?.hint === undefined ? '' : ` What it means: ${most.hint}.`;
    return [
      {
        cause: 'unreachable',
        text: `No connection to ${baseUrl} ever got a response (${attempts}${names === '' ? '' : `: ${names}`}).${meaning}`,
      },
    ];
  }
  const offered = thresholds.find(({ name }) => name === 'offered');
  if (evidence.plan.question.judgedBy === 'step') return [];
  if (offered?.ok === false && run.status === 'completed') {
    return [
      {
        cause: 'offeredTooFew',
        text: `Only ${formatRatioAgainst(offered.observed ?? 0, offered.slo)} of the planned orders were offered, so the planned load was not made.`,
      },
    ];
  }
  return [];
}
