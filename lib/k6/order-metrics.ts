import { Counter, Gauge, Trend } from 'k6/metrics';
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
const cold = new Counter(METRIC_NAMES.cold);
const handlerSeen = new Counter(METRIC_NAMES.handlerSeen);
const scenarioStartMs = new Gauge(METRIC_NAMES.scenarioStartMs);

/** Made when an outcome first comes: every VU has its own, and most see one outcome only. */
const outcomeTags: Partial<Record<Outcome, { outcome: Outcome }>> = {};

// The wrapper counts outcomes from the latency histograms, whose final counts remote write cannot
// lose; under plain k6 the counters are what a person reads in the summary.
const outcomeCounters = isWrapped()
  ? null
  : (Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, new Counter(`orders_${snakeCase(outcome)}`)]),
    ) as Readonly<Record<Outcome, Counter>>);

let handlerWasSeen = false;

/** Must be the first statement of an iteration: an order that k6 later interrupts leaves no other trace. */
export function countStarted(): void {
  started.add(1);
}

/** Records what became of an order; the parameters are those of `TakeAnswer`. */
export function recordAnswer(
  outcome: Outcome,
  durationMs: number,
  connectMs: number,
  serverTiming: string | undefined,
  isFromHandler: boolean,
): void {
  if (outcome === 'created') {
    createdPow8.add(durationMs ** LATENCY_POWER);
  } else {
    outcomeTags[outcome] ??= { outcome };
    latencyPow8.add(durationMs ** LATENCY_POWER, outcomeTags[outcome]);
  }
  if (connectMs > 0) connectPow8.add(connectMs ** LATENCY_POWER);
  if (serverTiming !== undefined) recordServerTiming(parseServerTiming(serverTiming));
  if (isFromHandler && !handlerWasSeen) {
    handlerWasSeen = true;
    recordHandlerSeen();
  }
  outcomeCounters?.[outcome].add(1);
}

function recordServerTiming(timing: ServerTiming): void {
  if (timing.handlerMs !== null) handlerPow8.add(timing.handlerMs ** LATENCY_POWER);
  if (timing.initMs !== null) initPow8.add(timing.initMs ** LATENCY_POWER);
  if (timing.cold) cold.add(1);
}

export function recordHandlerSeen(): void {
  handlerSeen.add(1);
}

export function recordScenarioStart(epochMs: number): void {
  scenarioStartMs.add(epochMs);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
