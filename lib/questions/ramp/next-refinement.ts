import { judgedSteps } from '../../core/judge/judged-steps.ts';
import { roundRate, type Step } from '../../core/load/staircase.ts';
import type { Refinement } from '../../core/report/schema/refinement-schema.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { Z_95 } from '../../core/statistics/z-95.ts';
import { bracketCapacity } from './capacity-bracket.ts';

/** Rates this close are near enough: the remaining runs are better spent on confirming the result. */
const CLOSE_RATIO = 1.03;
/** Measurements of the rate that ends the search: a single failure may have a temporary cause. */
const CONFIRMATIONS = 2;
/** Longest refinement, including its settling part. */
export const MAX_STEP_SECONDS = 120;
const Z2_95 = Z_95 ** 2;

/**
 * The step to run next to narrow capacity down: the geometric mean of the highest rate that held and
 * the lowest above it that did not; once the two are within 3%, the latter again, so that it must fail
 * twice. Null if nothing is left to do: no step held, none failed, or the generator was the limit.
 */
export function nextRefinement(report: Report): Step | null {
  const steps = judgedSteps(report);
  const { good, bad } = bracketCapacity(steps);
  if (good === null || bad === null || bad.limit === 'generator') return null;
  const isClose = bad.ratePerSecond / good.ratePerSecond <= CLOSE_RATIO;
  const measured = steps.filter((step) => step.ratePerSecond === bad.ratePerSecond).length;
  if (isClose && measured >= CONFIRMATIONS) return null;
  const ratePerSecond = isClose
    ? bad.ratePerSecond
    : roundRate(Math.sqrt(good.ratePerSecond * bad.ratePerSecond));
  const longest = Math.max(...report.load.stages.map((stage) => stage.durationSeconds));
  const judgedSeconds = Math.max(longest, ordersToTell(report.load) / ratePerSecond);
  // A quarter of the step settles.
  const seconds = Math.ceil(Math.min(MAX_STEP_SECONDS, judgedSeconds / 0.75));
  return { name: `refine-${countOf(report) + 1}`, ratePerSecond, seconds };
}

/**
 * Orders after which a step in which half of the failures that the SLO allows occurred is clearly ok.
 * With n orders and no failure, Wilson's lower bound is n / (n + z²), so at least z² s / (1 − s) orders are
 * needed; twice that leaves room for failures. With random arrivals the number of refusals varies by chance
 * from one step to the next, and four times as many orders halve that variation.
 */
function ordersToTell({ slo: { successRatio }, arrivals }: Report['load']): number {
  if (successRatio === 1) return 0;
  const byChance = (arrivals?.kind ?? 'even') === 'even' ? 1 : 4;
  return (byChance * 2 * Z2_95 * successRatio) / (1 - successRatio);
}

function countOf({ refinements }: Report): number {
  return refinements?.length ?? 0;
}

/** The time at which a load was stopped is known to within one window. */
const STOPPED_WITHIN_MS = 1000;

/** The refinement that a k6 run measured, or null if its report lacks the step. */
export function refinementOf(step: Step, report: Report): Refinement | null {
  const measured = report.steps.find(({ name }) => name === step.name);
  const stage = report.load.stages.find(({ name }) => name === step.name);
  if (measured === undefined || stage === undefined) return null;
  const { abortReason } = report.run;
  const leastMs = step.seconds * 1000 - STOPPED_WITHIN_MS;
  const isWhole = abortReason === null || report.load.loadedMs >= leastMs;
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
    ...(!isWhole && { abortReason }),
    invalidReasons: report.run.verdict === 'invalid' ? report.run.reasons : [],
    step: measured,
  };
}
