import type { LoadPlan } from '../load/load-plan.ts';
import type { RunnerTelemetry } from '../telemetry/tally.ts';
import { assembleReport } from './assemble-report.ts';
import { withExamples } from './failure-figures.ts';
import { measuredOf } from './measured.ts';
import type { RunContext } from './run-context.ts';
import { factsOf, planFactsOf } from './run-facts.ts';
import type { Report } from './schema/report-schema.ts';
import { countUnresolvedNames } from './unresolved-names.ts';

export interface ReportInput {
  readonly plan: LoadPlan;
  readonly runners: readonly RunnerTelemetry[];
  readonly context: RunContext;
  /** The load is still in progress. */
  readonly isGoingOn?: boolean;
}

/** The report of one run from the telemetry of all its k6 processes. */
export function buildReport({ plan, runners, context, isGoingOn = false }: ReportInput): Report {
  const planFacts = planFactsOf(plan);
  const counted = context.generator.nameServerFailed ? runners.map(countUnresolvedNames) : runners;
  const end = {
    isWhole: context.status === 'completed' && !isGoingOn,
    untilMs: Date.parse(context.endedAt),
  };
  const measured = measuredOf(planFacts, counted, end);
  const failures = withExamples(measured.failures, context.k6.failures ?? []);
  return assembleReport(planFacts, { ...measured, failures }, factsOf(plan, runners, context));
}
