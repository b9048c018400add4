import { type Evidence, neverConnected } from './evidence.ts';
import { failureNames } from './failure-words.ts';
import { formatCount, formatRatioAgainst } from './format-figure.ts';
import { resolvedOf } from './outcome-counts.ts';

/** 99: a threshold of k6 was missed, which the report judges itself; 108, 110: the scenario ended the test. */
const EXITS_OF_A_WHOLE_RUN = [0, 99, 108, 110];
const EXIT_BY_SIGNAL = 105;

/** Why no conclusion can be drawn, whatever the generator's influence, each reason with its remedy; empty if one can. */
export function invalidReasons(evidence: Evidence): string[] {
  return [...k6Reasons(evidence), ...telemetryReasons(evidence), ...loadReasons(evidence)];
}

function telemetryReasons({ run }: Evidence): string[] {
  if (run.runners.length === 0) {
    return [
      'No telemetry arrived from k6, so nothing was counted. See k6.log; k6 must be able to reach the receiver on loopback.',
    ];
  }
  return [
    ...run.telemetryFaults.map((fault) => `The telemetry cannot be trusted: ${fault}`),
    ...run.runners.flatMap(({ name, faults }) =>
      faults
        .filter((fault) => !run.telemetryFaults.includes(fault))
        .map((fault) => `The telemetry of runner ${name} cannot be trusted: ${fault}`),
    ),
    ...run.runners
      .filter(({ ended }) => !ended)
      .map(
        ({ name }) =>
          `The telemetry of runner ${name} stops before the end of the run, so orders may be missing. k6 was killed or could not push; see k6.log and run again.`,
      ),
  ];
}

function k6Reasons({ run, generator }: Evidence): string[] {
  return run.k6Exits.flatMap(({ exitCode, signal }) => {
    const stopped = run.status !== 'completed';
    const [exception] = generator.exceptions;
    const cause = exception === undefined ? '' : ` First cause: ${exception.message}`;
    // The suite itself only ends k6 by a signal if its user stopped the run.
    if (signal !== null && run.status !== 'interrupted') {
      return `k6 was ended from outside by ${signal}. If the machine ran out of memory, lower the rate or --max-in-flight.${cause}`;
    }
    if (exitCode === null || EXITS_OF_A_WHOLE_RUN.includes(exitCode)) return [];
    if (exitCode === EXIT_BY_SIGNAL && stopped) return [];
    return `k6 ended with exit code ${exitCode}, so the load was not made as planned; see k6.log.${cause}`;
  });
}

function loadReasons(evidence: Evidence): string[] {
  const { requests, generator, run, thresholds, baseUrl } = evidence;
  const [exception] = generator.exceptions;
  if (requests.total === 0) {
    // Dropped orders are reported as the generator's fault.
    if (run.runners.length === 0 || requests.dropped > 0) return [];
    const cause =
      exception === undefined ? 'See k6.log.' : `The scenario threw: ${exception.message}`;
    return [`No order was started, so nothing was tested. ${cause}`];
  }
  if (requests.unresolved === requests.total && run.status !== 'interrupted') {
    return [
      exception === undefined
        ? 'No order got an outcome, because the scenario counts none. Use the order client in it, or see k6.log.'
        : `Every iteration threw an exception, so no order was judged. Fix the scenario: ${exception.message}`,
    ];
  }
  const thrown = generator.exceptions.reduce((sum, { count }) => sum + count, 0);
  if (exception !== undefined && thrown >= requests.total + resolvedOf(evidence.warmupOutcomes)) {
    return [
      `Every iteration threw an exception, so the scenario never ran to its end. Fix it: ${exception.message}`,
    ];
  }
  if (neverConnected(requests.outcomes, evidence.warmupOutcomes)) {
    const attempts = formatCount(resolvedOf(requests.outcomes), 'attempt');
    const names = failureNames(requests.failures, 'connection');
    const [most] = requests.failures ?? [];
    const advice =
      most?.hint === undefined
        ? 'Check that the target is running and that its address is right.'
        : `What it means: ${most.hint}.`;
    return [
      `No connection to ${baseUrl} ever got a response (${attempts}${names === '' ? '' : `: ${names}`}). ${advice}`,
    ];
  }
  const offered = thresholds.find(({ name }) => name === 'offered');
  if (evidence.plan.question.judgedBy === 'step') return [];
  if (offered?.ok === false && run.status === 'completed') {
    return [
      `Only ${formatRatioAgainst(offered.observed ?? 0, offered.slo)} of the planned orders were offered, so the planned load was not made. Use a larger machine or a lower rate, or let the scenario follow the load plan.`,
    ];
  }
  return [];
}
