import { EMPTY_HISTOGRAM, type Histogram } from '../histogram/histogram.ts';
import { isSettling } from '../load/staircase.ts';
import { keptBackOf } from '../report/not-sent-figures.ts';
import type { OutcomeCounts } from '../report/schema/latency-schema.ts';
import type { Refinement } from '../report/schema/refinement-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { hidesThrottles } from './hidden-throttles.ts';

/** What one step measured, as far as its judgement needs it. */
export interface StepEvidence {
  readonly name: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** Orders that the plan holds for it. */
  readonly plannedOrders: number;
  readonly started: number;
  readonly unresolved: number;
  readonly outcomes: OutcomeCounts;
  /** Latency in ms of stored orders. */
  readonly success: Histogram;
  /** Mean of the handler's own duration in ms, or null where it is not known for the step. */
  readonly handlerMeanMs: number | null;
  /** What the outcome `platformRejected` hides are throttles, by the platform's own count. */
  readonly hidesThrottles: boolean;
  /** Orders that fell due and were not sent. */
  readonly dropped: number;
  /** Those of them that limits of the load generator's machine kept back. */
  readonly keptBack: number;
  /** How long after they were due orders were started, in ms; empty where it is not known. */
  readonly lateness: Histogram;
  /** Why the load generator was no measure, or null. */
  readonly generatorFault: string | null;
  /** The run ended in it, so that only a clear miss says something. */
  readonly cutShort: boolean;
}

/** CPU is sampled over a second and a half; what ended before that was not touched. */
const SATURATION_WINDOW_MS = 2000;

/** The steps that were run, settling parts left out: the planned ones, then the refinements. */
export function stepEvidence(report: Report): readonly StepEvidence[] {
  return [
    ...plannedSteps(report),
    ...(report.refinements ?? []).flatMap((refinement) => refined(report, refinement) ?? []),
  ];
}

function plannedSteps(report: Report): StepEvidence[] {
  const { load, run, generator } = report;
  const found: StepEvidence[] = [];
  const hidden = hidesThrottles(report);
  let startMs = 0;
  for (const stage of load.stages) {
    const endMs = startMs + stage.durationSeconds * 1000;
    const isWhole = run.status === 'completed' || endMs <= load.loadedMs;
    const hasBegun = run.status === 'completed' || startMs < load.loadedMs;
    const step = report.steps.find(({ name }) => name === stage.name);
    const isPlateau = stage.fromRate === stage.toRate && stage.toRate > 0;
    if (step !== undefined && isPlateau && hasBegun && !isSettling(stage.name)) {
      const planned = isWhole ? stage.toRate * stage.durationSeconds : null;
      found.push({
        name: stage.name,
        ratePerSecond: stage.toRate,
        seconds: isWhole ? stage.durationSeconds : (load.loadedMs - startMs) / 1000,
        ...countsOf(step, planned),
        dropped: droppedIn(step, planned, report),
        keptBack: keptBackOf(step.notSent, load),
        lateness: step.latenessMs?.histogram ?? EMPTY_HISTOGRAM,
        outcomes: step.outcomes,
        success: step.success.histogram,
        handlerMeanMs: step.handlerMs?.mean ?? null,
        hidesThrottles: hidden,
        generatorFault: isSaturatedBy(report, endMs) ? generator.why : null,
        cutShort: !isWhole,
      });
    }
    startMs = endMs;
  }
  return found;
}

/**
 * The orders of a step, `planned` being null for one that was cut short: of what was planned only what
 * began can be asked of it then, and what was in flight when it was stopped was not given its time.
 */
function countsOf(
  { started, unresolved }: Report['steps'][number],
  planned: number | null,
): Pick<StepEvidence, 'plannedOrders' | 'started' | 'unresolved'> {
  if (planned !== null) return { plannedOrders: planned, started, unresolved };
  const ended = started - unresolved;
  return { plannedOrders: ended, started: ended, unresolved: 0 };
}

/** Null for one that proves nothing. */
function refined(report: Report, refinement: Refinement): StepEvidence | null {
  const { step, ratePerSecond, durationSeconds } = refinement;
  if (refinement.invalidReasons.length > 0) return null;
  const cutShort = refinement.abortReason !== undefined;
  const planned = cutShort ? null : ratePerSecond * durationSeconds;
  return {
    name: refinement.name,
    ratePerSecond,
    seconds: durationSeconds,
    ...countsOf(step, planned),
    dropped: droppedIn(step, planned, report),
    keptBack: keptBackOf(step.notSent, report.load),
    lateness: step.latenessMs?.histogram ?? EMPTY_HISTOGRAM,
    outcomes: step.outcomes,
    success: step.success.histogram,
    handlerMeanMs: step.handlerMs?.mean ?? null,
    hidesThrottles: hidesThrottles(report),
    generatorFault:
      refinement.saturated && step.latenessMs === undefined
        ? 'k6 was at the limit of its CPU'
        : null,
    cutShort,
  };
}

/** Older reports know drops of the whole run only: those of a step are among the orders that it lacks. */
function droppedIn(
  { dropped, started }: Report['steps'][number],
  planned: number | null,
  { load }: Report,
): number {
  if (dropped !== undefined || load.arrivals !== undefined) return dropped ?? 0;
  return Math.min(load.dropped, Math.max(0, Math.round(planned ?? started) - started));
}

/**
 * Whether the generator was, or may have been, at its limit before the step ended. Where lateness is known, it
 * says whether that delayed anything.
 */
function isSaturatedBy({ generator, run }: Report, endMs: number): boolean {
  if (!generator.saturated || generator.latenessMs !== undefined) return false;
  if (generator.saturatedAt === undefined || run.loadStartedAt === null) return true;
  const saturatedMs = Date.parse(generator.saturatedAt) - Date.parse(run.loadStartedAt);
  return saturatedMs < endMs + SATURATION_WINDOW_MS;
}
