import type { Slo } from '../../load/load-plan.ts';
import { roundRate, type Step } from '../../load/staircase.ts';
import type { Refinement } from '../../report/schema/refinement-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { bracketCapacity } from './capacity-bracket.ts';
import { judgedSteps } from './judged-steps.ts';

/** Rates closer than this are the same for all that noise allows. */
const CLOSE_RATIO = 1.01;
const MAX_SECONDS = 120;
const Z2_95 = 1.959964 ** 2;

/**
 * The step to run next to narrow capacity down: the geometric mean of the highest rate that held and
 * the lowest above it that did not. Null where there is nothing to narrow: no step held, none failed,
 * the generator was the limit, or the two are within 1 %.
 */
export function nextRefinement(report: Report): Step | null {
  const { good, bad } = bracketCapacity(judgedSteps(report));
  if (good === null || bad === null || bad.limit === 'generator') return null;
  if (bad.ratePerSecond / good.ratePerSecond <= CLOSE_RATIO) return null;
  const ratePerSecond = roundRate(Math.sqrt(good.ratePerSecond * bad.ratePerSecond));
  if (ratePerSecond <= good.ratePerSecond || ratePerSecond >= bad.ratePerSecond) return null;
  const longest = Math.max(...report.load.stages.map((stage) => stage.durationSeconds));
  const judgedSeconds = Math.max(longest, ordersToTell(report.load.slo) / ratePerSecond);
  // A quarter of the step settles.
  const seconds = Math.ceil(Math.min(MAX_SECONDS, judgedSeconds / 0.75));
  return { name: `refine-${countOf(report) + 1}`, ratePerSecond, seconds };
}

/**
 * Orders after which a step in which half of the failures that the SLO allows occurred is clearly ok.
 * With n orders and none failed, Wilson's lower end is n / (n + z²), so that z² s / (1 − s) orders are
 * the least; twice that leaves room for failures.
 */
function ordersToTell({ successRatio }: Slo): number {
  return successRatio === 1 ? 0 : (2 * Z2_95 * successRatio) / (1 - successRatio);
}

function countOf({ refinements }: Report): number {
  return refinements?.length ?? 0;
}

/** A refinement from the report of the k6 run that was made for it. */
export function refinementOf(step: Step, report: Report): Refinement | null {
  const measured = report.steps.find(({ name }) => name === step.name);
  const stage = report.load.stages.find(({ name }) => name === step.name);
  if (measured === undefined || stage === undefined) return null;
  return {
    name: step.name,
    runId: report.run.id,
    startedAt: report.run.startedAt,
    ratePerSecond: step.ratePerSecond,
    settlingSeconds: step.seconds - stage.durationSeconds,
    durationSeconds: stage.durationSeconds,
    started: report.requests.total,
    dropped: report.requests.dropped,
    peakVUs: report.generator.peakVUs,
    saturated: report.generator.saturated,
    invalidReasons: report.run.verdict === 'invalid' ? report.run.reasons : [],
    step: measured,
  };
}
