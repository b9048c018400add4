import type { Histogram } from '../../histogram/histogram.ts';
import { isSettling } from '../../load/staircase.ts';
import type { OutcomeCounts } from '../../report/schema/latency-schema.ts';
import type { Refinement } from '../../report/schema/refinement-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { hidesThrottles } from './hidden-throttles.ts';

/** What one step measured, as far as its judgement needs it. */
export interface StepEvidence {
  readonly name: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** Orders that the plan starts in it; what is missing of them was dropped or came late. */
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
  /** Orders that were dropped, at most; the report knows drops of the whole run and of windows only. */
  readonly droppedAtMost: number;
  /** Every VU that Little's law asks for was busy: what was dropped waited for the target. */
  readonly vusExhausted: boolean;
  /** Why the load generator was no measure, or null. */
  readonly generatorFault: string | null;
  /** The run ended in it, so that only a clear miss says something. */
  readonly cutShort: boolean;
}

/** As in `invalid-reasons`: the gauge is read once a second. */
const EXHAUSTED_RATIO = 0.9;
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
  const { load, run, generator, requests } = report;
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
      const vus = report.windows
        .filter(({ startOffsetMs, lengthMs }) => {
          const middleMs = startOffsetMs + lengthMs / 2;
          return middleMs >= startMs && middleMs < endMs;
        })
        .map((window) => window.vus ?? 0);
      found.push({
        name: stage.name,
        ratePerSecond: stage.toRate,
        seconds: stage.durationSeconds,
        ...countsOf(step, isWhole ? stage.toRate * stage.durationSeconds : null),
        outcomes: step.outcomes,
        success: step.success.histogram,
        handlerMeanMs: step.handlerMs?.mean ?? null,
        hidesThrottles: hidden,
        droppedAtMost: requests.dropped,
        vusExhausted: isExhausted(Math.max(0, ...vus), load),
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
  const { load } = report;
  const { step, ratePerSecond, durationSeconds } = refinement;
  if (refinement.invalidReasons.length > 0) return null;
  const cutShort = refinement.abortReason !== undefined;
  return {
    name: refinement.name,
    ratePerSecond,
    seconds: durationSeconds,
    ...countsOf(step, cutShort ? null : ratePerSecond * durationSeconds),
    outcomes: step.outcomes,
    success: step.success.histogram,
    handlerMeanMs: step.handlerMs?.mean ?? null,
    hidesThrottles: hidesThrottles(report),
    droppedAtMost: refinement.dropped,
    vusExhausted: isExhausted(refinement.peakVUs ?? 0, load),
    generatorFault: refinement.saturated ? 'k6 was at the limit of its CPU' : null,
    cutShort,
  };
}

function isExhausted(vus: number, { maxVUs, littleBoundVUs }: Report['load']): boolean {
  return maxVUs >= littleBoundVUs && vus >= EXHAUSTED_RATIO * maxVUs;
}

/** Whether the generator was, or may have been, at its limit before the step ended. */
function isSaturatedBy({ generator, run }: Report, endMs: number): boolean {
  if (!generator.saturated) return false;
  if (generator.saturatedAt === undefined || run.loadStartedAt === null) return true;
  const saturatedMs = Date.parse(generator.saturatedAt) - Date.parse(run.loadStartedAt);
  return saturatedMs < endMs + SATURATION_WINDOW_MS;
}
