import { EMPTY_HISTOGRAM, type Histogram } from '../histogram/histogram.ts';
import { isSettling } from '../load/staircase.ts';
import { keptBackOf } from '../report/not-sent-figures.ts';
import type { OutcomeCounts } from '../report/schema/latency-schema.ts';
import type { Refinement } from '../report/schema/refinement-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { hidesThrottles } from './hidden-throttles.ts';

/** The measurements of one step that its judgement needs. */
export interface StepEvidence {
  readonly name: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** Orders planned for this step. */
  readonly plannedOrders: number;
  readonly started: number;
  readonly unresolved: number;
  readonly outcomes: OutcomeCounts;
  /** Latency in ms of stored orders. */
  readonly success: Histogram;
  /** Mean of the handler's own duration in ms, or null where it is not known for the step. */
  readonly handlerMeanMs: number | null;
  /** Orders with the outcome `platformRejected` were throttled, according to the platform's own count. */
  readonly hidesThrottles: boolean;
  /** Orders that fell due and were never sent. */
  readonly dropped: number;
  /** Dropped orders that a limit of the load generator's machine kept from being sent. */
  readonly keptBack: number;
  /** Lateness in ms: how long after they were due orders were started. Empty if it is not known. */
  readonly lateness: Histogram;
  /** Why the load generator may have distorted the figures, or null. */
  readonly generatorFault: string | null;
  /** The run ended during this step, so only a clear miss counts. */
  readonly cutShort: boolean;
}

/** CPU is sampled over a second and a half, so a step that ended earlier than this was not affected. */
const SATURATION_WINDOW_MS = 2000;

/** The steps that ran, without settling parts: the planned ones, then the refinements. */
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
 * The orders of a step; `planned` is null if it was cut short. Then only orders that were started count as planned,
 * and orders that were in flight when it was stopped are left out, because they were not given their time.
 */
function countsOf(
  { started, unresolved }: Report['steps'][number],
  planned: number | null,
): Pick<StepEvidence, 'plannedOrders' | 'started' | 'unresolved'> {
  if (planned !== null) return { plannedOrders: planned, started, unresolved };
  const ended = started - unresolved;
  return { plannedOrders: ended, started: ended, unresolved: 0 };
}

/** Null for an invalid refinement. */
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

/** Older reports count dropped orders for the whole run only; there, orders missing from a step are taken as dropped. */
function droppedIn(
  { dropped, started }: Report['steps'][number],
  planned: number | null,
  { load }: Report,
): number {
  if (dropped !== undefined || load.arrivals !== undefined) return dropped ?? 0;
  return Math.min(load.dropped, Math.max(0, Math.round(planned ?? started) - started));
}

/**
 * Whether the generator was, or may have been, at its limit before the step ended. False if lateness is known,
 * because lateness shows whether anything was delayed.
 */
function isSaturatedBy({ generator, run }: Report, endMs: number): boolean {
  if (!generator.saturated || generator.latenessMs !== undefined) return false;
  if (generator.saturatedAt === undefined || run.loadStartedAt === null) return true;
  const saturatedMs = Date.parse(generator.saturatedAt) - Date.parse(run.loadStartedAt);
  return saturatedMs < endMs + SATURATION_WINDOW_MS;
}
