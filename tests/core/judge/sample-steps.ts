import { addAll } from '../../../lib/core/histogram/add.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../../../lib/core/histogram/histogram.ts';
import type { StepEvidence } from '../../../lib/core/judge/step-evidence.ts';
import { isSettling, staircase } from '../../../lib/core/load/staircase.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import type { OutcomeCounts } from '../../../lib/core/report/schema/latency-schema.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import type { Tally } from '../../../lib/core/telemetry/tally.ts';
import { fromValues } from '../histogram/from-values.ts';
import {
  type Latencies,
  repeat,
  sampleContext,
  samplePlan,
  sampleRunner,
  tallyOf,
} from '../report/sample-run.ts';

const NONE: OutcomeCounts = {
  created: 0,
  duplicate: 0,
  rejected: 0,
  throttled: 0,
  platformRejected: 0,
  serverError: 0,
  timeout: 0,
  connection: 0,
  unexpectedBody: 0,
};

/** A step of 1000 orders at 100/s that were all stored within 20 ms, unless said otherwise. */
export function sampleStep(
  outcomes: Partial<OutcomeCounts> = { created: 1000 },
  changes: Partial<StepEvidence> & { readonly latencyMs?: number } = {},
): StepEvidence {
  const counts = { ...NONE, ...outcomes };
  const { latencyMs = 20, ...rest } = changes;
  const resolved = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    name: 'step-1',
    ratePerSecond: 100,
    seconds: 10,
    plannedOrders: 1000,
    started: resolved + (rest.unresolved ?? 0),
    unresolved: 0,
    outcomes: counts,
    success: fromValues(repeat(counts.created + counts.duplicate, latencyMs)),
    handlerMeanMs: null,
    hidesThrottles: false,
    dropped: 0,
    keptBack: 0,
    lateness: EMPTY_HISTOGRAM,
    generatorFault: null,
    cutShort: false,
    ...rest,
  };
}

/** What a target makes of `orders` that arrive at a rate. */
export type Target = (ratePerSecond: number, orders: number) => Latencies;

/** Serves at most `capacity` orders per second and throttles the rest. */
export function throttling(capacity: number): Target {
  return (rate, orders) => {
    const served = Math.round(orders * Math.min(1, capacity / rate));
    return { created: repeat(served, 20), throttled: repeat(orders - served, 2) };
  };
}

export interface RampShape {
  readonly scenario?: string;
  readonly status?: 'completed' | 'aborted' | 'interrupted';
  readonly abortReason?: string | null;
  /** The handler's own duration at a rate; none is known where absent. */
  readonly handlerMs?: (ratePerSecond: number) => number;
  /** Seconds of load, for a run that ended early. */
  readonly loadedSeconds?: number;
}

/** The report of a ramp of 8 steps of 20 s up to 200/s against a target. */
export function rampReport(target: Target, shape: RampShape = {}): Report {
  const stages = staircase({ peakPerSecond: 200, ratio: 1.5, steps: 8, stepSeconds: 20 });
  const loadedSeconds = shape.loadedSeconds ?? 160;
  const plan = samplePlan({ scenario: shape.scenario ?? 'ramp', stages });
  const steps: Record<string, Tally> = {};
  const handlerByStep: Record<string, Histogram> = {};
  let startSeconds = 0;
  for (const { name, toRate, durationSeconds } of stages) {
    const seconds = Math.min(durationSeconds, loadedSeconds - startSeconds);
    startSeconds += durationSeconds;
    if (seconds <= 0) continue;
    const orders = Math.round(toRate * seconds);
    if (shape.handlerMs) handlerByStep[name] = fromValues(repeat(orders, shape.handlerMs(toRate)));
    // What settles is none of a judgement's business.
    steps[name] = isSettling(name)
      ? tallyOf(orders, { serverError: repeat(orders, 1) })
      : tallyOf(orders, target(toRate, orders));
  }
  const window = {
    ...{ startOffsetMs: 0, lengthMs: loadedSeconds * 1000 },
    ...{ dropped: 0, cold: 0, vus: 1, inFlight: 10 },
  };
  const runner = sampleRunner({
    changes: {
      steps,
      windows: [{ ...window, started: 1, latencyByOutcome: {} }],
      handler: addAll(Object.values(handlerByStep)),
      handlerByStep,
    },
  });
  const { status = 'completed', abortReason = null } = shape;
  return buildReport({
    plan,
    runners: [runner],
    context: sampleContext({ status, abortReason }),
  });
}
