import { Counter, Gauge, Trend } from 'k6/metrics';
import { OUTCOMES, type Outcome } from '../core/order/outcome.ts';
import type { ServerTiming } from '../core/order/parse-server-timing.ts';
import { LATENCY_POWER, METRIC_NAMES } from '../core/telemetry/metric-names.ts';
import { isWrapped } from './env.ts';

const started = new Counter(METRIC_NAMES.started);
const latencyPow8 = new Trend(METRIC_NAMES.latencyPow8);
const connectPow8 = new Trend(METRIC_NAMES.connectPow8);
const handlerPow8 = new Trend(METRIC_NAMES.handlerPow8);
const initPow8 = new Trend(METRIC_NAMES.initPow8);
const cold = new Counter(METRIC_NAMES.cold);
const handlerSeen = new Counter(METRIC_NAMES.handlerSeen);
const scenarioStartMs = new Gauge(METRIC_NAMES.scenarioStartMs);

const OUTCOME_TAGS = Object.fromEntries(
  OUTCOMES.map((outcome) => [outcome, { outcome }]),
) as Readonly<Record<Outcome, { outcome: Outcome }>>;

// The wrapper counts outcomes from the latency histograms, whose final counts remote write cannot
// lose; under plain k6 the counters are what a person reads in the summary.
const outcomeCounters = isWrapped()
  ? null
  : (Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, new Counter(`orders_${snakeCase(outcome)}`)]),
    ) as Readonly<Record<Outcome, Counter>>);

/** Must be the first statement of an iteration: an order that k6 later interrupts leaves no other trace. */
export function countStarted(): void {
  started.add(1);
}

export function recordOutcome(outcome: Outcome, durationMs: number): void {
  latencyPow8.add(durationMs ** LATENCY_POWER, OUTCOME_TAGS[outcome]);
  outcomeCounters?.[outcome].add(1);
}

/** `connectMs` is the time to open a connection (TCP and TLS); zero means that one was reused. */
export function recordConnect(connectMs: number): void {
  if (connectMs > 0) connectPow8.add(connectMs ** LATENCY_POWER);
}

export function recordServerTiming(timing: ServerTiming): void {
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
