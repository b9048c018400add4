import exec from 'k6/execution';
import { Counter, Gauge, Trend } from 'k6/metrics';
import type { NotSentReason } from '../core/order/not-sent.ts';
import { OUTCOMES, type Outcome } from '../core/order/outcome.ts';
import { parseServerTiming, type ServerTiming } from '../core/order/parse-server-timing.ts';
import { LATENCY_POWER, METRIC_NAMES } from '../core/telemetry/metric-names.ts';
import { isWrapped } from './env.ts';

const started = new Counter(METRIC_NAMES.started);
const latencyPow8 = new Trend(METRIC_NAMES.latencyPow8);
const createdPow8 = new Trend(METRIC_NAMES.createdPow8);
const connectPow8 = new Trend(METRIC_NAMES.connectPow8);
const handlerPow8 = new Trend(METRIC_NAMES.handlerPow8);
const initPow8 = new Trend(METRIC_NAMES.initPow8);
const latenessPow8 = new Trend(METRIC_NAMES.latenessPow8);
const notSent = new Trend(METRIC_NAMES.notSent);
const failed = new Trend(METRIC_NAMES.failed);
const inFlight = new Gauge(METRIC_NAMES.inFlight);
const cold = new Counter(METRIC_NAMES.cold);
const handlerSeen = new Counter(METRIC_NAMES.handlerSeen);
const timingSeen = new Counter(METRIC_NAMES.timingSeen);
const scenarioStartMs = new Gauge(METRIC_NAMES.scenarioStartMs);

// The wrapper counts outcomes from the latency histograms, whose final counts remote write cannot lose; the counters
// are for the summary of plain k6.
const wrapped = isWrapped();
const outcomeCounters = wrapped
  ? null
  : (Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, new Counter(`orders_${snakeCase(outcome)}`)]),
    ) as Readonly<Record<Outcome, Counter>>);

let handlerWasSeen = false;
let timingWasSeen = false;
let currentStep = '';

/** Tags everything this VU records from now on with a step, unless overridden. */
export function enterStep(step: string): void {
  currentStep = step;
  exec.vu.metrics.tags['step'] = step;
}

/**
 * Counts an order of an event loop, and how late it was started. Call it before anything else for the order: if k6
 * interrupts it later, there is no other trace.
 */
export function recordStarted(lateMs: number): void {
  latenessPow8.add(lateMs ** LATENCY_POWER);
  // The wrapper counts the samples of lateness.
  if (!wrapped) started.add(1);
}

/** Counts an order that waited in a VU, whose lateness is not known. */
export function countStarted(): void {
  started.add(1);
}

/** Records an order of the step that was dropped. */
export function recordNotSent(why: NotSentReason, step: string): void {
  notSent.add(1, { why, step });
}

/** Records how an order failed. */
export function recordFailed(way: Readonly<Record<string, string>>): void {
  failed.add(1, way);
}

/** Records the most orders in flight since the last call, of one event loop. */
export function recordInFlight(most: number, loop: number): void {
  // Without the current step: the series of all steps would have to be added up by time.
  inFlight.add(most, { loop: String(loop), step: 'all' });
}

/**
 * Records the outcome of an order. `step` is the one in which it was due, which may be over by now. `durationMs` is
 * sending, waiting and receiving. `connectMs` is TCP and TLS, zero on a reused connection. `serverTiming` is that
 * header. `isMarked` says that the response to an order that was not stored had `x-order-result`, so failures of this
 * target's handler are marked. The values are separate arguments, because creating and reading an object costs k6's
 * interpreter more than all of the arithmetic.
 */
export type RecordAnswer = (
  outcome: Outcome,
  step: string,
  durationMs: number,
  connectMs: number,
  serverTiming: string | undefined,
  isMarked: boolean,
) => void;

export const recordAnswer: RecordAnswer = (
  outcome,
  step,
  durationMs,
  connectMs,
  serverTiming,
  isMarked,
) => {
  if (outcome !== 'created') latencyPow8.add(durationMs ** LATENCY_POWER, { outcome, step });
  else if (step === currentStep) createdPow8.add(durationMs ** LATENCY_POWER);
  else createdPow8.add(durationMs ** LATENCY_POWER, { step });
  if (connectMs > 0) connectPow8.add(connectMs ** LATENCY_POWER);
  if (serverTiming !== undefined) recordServerTiming(parseServerTiming(serverTiming), step);
  if (isMarked) recordHandlerSeen();
  outcomeCounters?.[outcome].add(1);
};

function recordServerTiming(timing: ServerTiming | null, step: string): void {
  if (timing === null) return;
  recordHandlerSeen();
  if (!timingWasSeen) {
    timingWasSeen = true;
    timingSeen.add(1);
  }
  if (timing.handlerMs !== null) {
    const value = timing.handlerMs ** LATENCY_POWER;
    if (step === currentStep) handlerPow8.add(value);
    else handlerPow8.add(value, { step });
  }
  if (timing.initMs !== null) initPow8.add(timing.initMs ** LATENCY_POWER);
  if (timing.cold) cold.add(1);
}

/** Recorded once per VU: only whether there was any matters. */
export function recordHandlerSeen(): void {
  if (handlerWasSeen) return;
  handlerWasSeen = true;
  handlerSeen.add(1);
}

export function recordScenarioStart(epochMs: number): void {
  scenarioStartMs.add(epochMs);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
