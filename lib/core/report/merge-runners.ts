import { EXIT, UserError } from '../errors/user-error.ts';
import { EMPTY_HISTOGRAM } from '../histogram/histogram.ts';
import type { QuestionTraits } from '../load/load-plan.ts';
import { PLAIN_TRAITS } from '../load/question-profile.ts';
import type { NotSent } from '../telemetry/tally.ts';
import { assembleReport } from './assemble-report.ts';
import { failuresOfFigures } from './failure-figures.ts';
import { unfoldPlatformRejected } from './fold-platform-rejected.ts';
import { latencyOfFigures } from './latency-by-outcome.ts';
import { addMeasured, type Measured } from './measured.ts';
import { addFacts, factsOfReport } from './merge-facts.ts';
import { notSentOfList } from './not-sent-figures.ts';
import { retriesOfFigures } from './retry-figures.ts';
import { planFactsOfReport } from './run-facts.ts';
import type { Report } from './schema/report-schema.ts';

/**
 * The report of a run whose k6 processes each have a report, in any order. It equals the report of all their telemetry;
 * percentiles are computed anew from the merged histograms. `answers` are left out, because they cannot be added up:
 * compute them from the merged report.
 * @throws UserError if there is no report, or if the reports are not of one run under one plan.
 */
export function mergeRunners(reports: readonly Report[], question: QuestionTraits): Report {
  const [first, ...others] = reports;
  if (first === undefined) {
    throw new UserError(
      'E_MERGE_EMPTY',
      'There is no report to merge; name at least one.',
      EXIT.usage,
    );
  }
  for (const other of others) refuseOther(first, other);
  refuseSameRunner(reports);
  const plan = planFactsOfReport(first, question);
  const merged = assembleReport(
    plan,
    addMeasured(plan, reports.map(measuredOfReport)),
    addFacts(reports.map(factsOfReport)),
  );
  // Each refinement was run by a single process; those of several processes cannot be added up.
  const [refinements, another] = reports
    .flatMap((report) => [report.refinements ?? []])
    .filter((list) => list.length > 0);
  return refinements === undefined || another !== undefined ? merged : { ...merged, refinements };
}

/** The measurements that a report was computed from. */
function measuredOfReport(report: Report): Measured {
  const { run, load, latencyMs, connection, steps, windows, warmup, lambda, generator } = report;
  const start = run.loadStartedAt === null ? null : Date.parse(run.loadStartedAt);
  return unfoldPlatformRejected({
    loadMs: start === null ? null : { start, end: start + load.loadedMs },
    dropped: load.dropped,
    notSent: Object.fromEntries(steps.flatMap(notSentOfStep)),
    failures: failuresOfFigures(report.requests.failures, start),
    lateness: generator.latenessMs?.histogram ?? EMPTY_HISTOGRAM,
    latenessByStep: Object.fromEntries(
      steps.flatMap(({ name, latenessMs }) => (latenessMs ? [[name, latenessMs.histogram]] : [])),
    ),
    latencyByOutcome: latencyOfFigures(latencyMs),
    steps: Object.fromEntries(
      steps.map(({ name, started, outcomes, success }) => [
        name,
        { started, outcomes, success: success.histogram },
      ]),
    ),
    windows: windows.map((window) => ({
      startMs: (start ?? 0) + window.startOffsetMs,
      lengthMs: window.lengthMs,
      started: window.sent,
      dropped: window.dropped,
      cold: window.coldStarts ?? (lambda.coldStarts.value === null ? 0 : null),
      environmentMemoryMb: window.environmentMemoryMb ?? null,
      outcomes: window.outcomes,
      success: window.success,
      vus: window.vus,
      inFlight: window.inFlight ?? null,
    })),
    warmup,
    retries: retriesOfFigures(report.retries),
    connect: connection.histogram,
    handlerByStep: Object.fromEntries(
      steps.flatMap(({ name, handlerMs }) => (handlerMs ? [[name, handlerMs.histogram]] : [])),
    ),
    handler: lambda.handlerMs?.histogram ?? EMPTY_HISTOGRAM,
    init: lambda.initMs?.histogram ?? EMPTY_HISTOGRAM,
    cold: lambda.coldStarts.value ?? 0,
    handlerSeen: lambda.handlerSeen,
    timingSeen: lambda.coldStarts.value !== null,
  });
}

/** In older reports every dropped order lacked a free VU. */
function notSentOfStep({
  name,
  dropped = 0,
  notSent,
}: Report['steps'][number]): [string, NotSent][] {
  if (notSent !== undefined) return [[name, notSentOfList(notSent)]];
  return dropped === 0 ? [] : [[name, { virtualUsers: dropped }]];
}

function refuseOther(first: Report, other: Report): void {
  const differing = (
    [
      ['run ids', first.run.id, other.run.id],
      ['scenarios', first.run.scenario, other.run.scenario],
      ['targets', first.target.baseUrl, other.target.baseUrl],
      ['seeds', first.run.seed, other.run.seed],
      ['plans', planText(first), planText(other)],
    ] as const
  ).find(([, a, b]) => a !== b);
  if (differing === undefined) return;
  const [what, a, b] = differing;
  const detail = what === 'plans' ? '' : ` (${a} and ${b})`;
  throw new UserError(
    'E_MERGE_MISMATCH',
    `Reports of different ${what} cannot be merged${detail}. Merge only reports of the runners of one run; use compare for two runs.`,
    EXIT.usage,
  );
}

function refuseSameRunner(reports: readonly Report[]): void {
  const names = reports.flatMap((report) => report.run.runners.map(({ name }) => name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new UserError(
    'E_MERGE_DUPLICATE',
    `Runner ${twice} is in more than one report, so its orders would count twice. Name each report once.`,
    EXIT.usage,
  );
}

function planText(report: Report): string {
  return JSON.stringify(planFactsOfReport(report, PLAIN_TRAITS));
}
