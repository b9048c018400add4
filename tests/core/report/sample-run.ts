import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import type { LoadPlan } from '../../../lib/core/load/load-plan.ts';
import { PLAIN_TRAITS } from '../../../lib/core/load/question-profile.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import type { RunContext } from '../../../lib/core/report/run-context.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { sumNotSent } from '../../../lib/core/telemetry/not-sent-telemetry.ts';
import type {
  NotSent,
  ResendTally,
  RunnerTelemetry,
  Tally,
} from '../../../lib/core/telemetry/tally.ts';
import { questionOf } from '../../../lib/questions/registry.ts';
import { fromValues } from '../histogram/from-values.ts';

export const START_MS = Date.parse('2026-11-20T10:00:00.000Z');

/** 10 s at 100/s: 1000 orders. */
export function samplePlan(changes: Partial<LoadPlan> = {}): LoadPlan {
  return {
    scenario: 'steady',
    question: questionOf(changes.scenario ?? 'steady')?.profile.traits ?? PLAIN_TRAITS,
    profile: 'quick',
    run: 'r1',
    seed: 7,
    target: 'https://api.example.com/prod',
    warmup: null,
    stages: [{ name: 'steady', durationSeconds: 10, fromRate: 100, toRate: 100 }],
    requestTimeoutMs: 5000,
    retryRatio: 0,
    gracefulStopMs: 6000,
    arrivals: { kind: 'even' },
    maxInFlight: 500,
    inFlightBound: 500,
    clients: 1,
    mostRunners: 1,
    http1: false,
    slo: { successRatio: 0.99, p95Ms: 100 },
    mapping: DEFAULT_ORDER_MAPPING,
    auth: { kind: 'none' },
    headers: [],
    ...changes,
  };
}

export function sampleContext(changes: Partial<RunContext> = {}): RunContext {
  return {
    startedAt: '2026-11-20T09:59:59.000Z',
    endedAt: '2026-11-20T10:00:11.000Z',
    status: 'completed',
    abortReason: null,
    label: null,
    gitCommit: null,
    suiteVersion: '0.1.0',
    k6Version: '2.2.0',
    nodeVersion: '20.20.2',
    hostCpus: 2,
    configHash: 'abc',
    target: { label: 'api', deployment: null, platform: 'other', memoryMb: null },
    k6: { exitCode: 0, signal: null, exceptions: [] },
    generator: { cpuSeconds: 1, peakRssBytes: 1e8 },
    ...changes,
  };
}

export type Latencies = Partial<Record<Outcome, readonly number[]>>;

export function tallyOf(started: number, latencies: Latencies): Tally {
  return {
    started,
    latencyByOutcome: Object.fromEntries(
      Object.entries(latencies).map(([outcome, values]) => [outcome, fromValues(values)]),
    ),
  };
}

/** Orders sent again, of which the `served` ones had been stored by their first send. */
export function resendsOf(sent: number, served: Latencies, others: Latencies = {}): ResendTally {
  const names = new Set([...Object.keys(served), ...Object.keys(others)] as Outcome[]);
  const all = [...names].map((name) => [name, [...(served[name] ?? []), ...(others[name] ?? [])]]);
  return {
    sent,
    latencyByOutcome: tallyOf(0, Object.fromEntries(all)).latencyByOutcome,
    servedBefore: tallyOf(0, served).latencyByOutcome,
  };
}

export interface RunnerShape {
  readonly latencies?: Latencies;
  /** All of the resolved orders when absent. */
  readonly started?: number;
  /** Orders that were not sent; a number are those beyond the limit in flight. */
  readonly dropped?: number | NotSent;
  /** How late the orders were started, in ms; not known when absent. */
  readonly lateness?: readonly number[];
  readonly vus?: number | null;
  readonly inFlight?: number | null;
  readonly changes?: Partial<RunnerTelemetry>;
}

/** A runner that did everything in one step and one window of 10 s. */
export function sampleRunner(shape: RunnerShape = {}): RunnerTelemetry {
  const latencies = shape.latencies ?? { created: repeat(1000, 20) };
  const resolved = Object.values(latencies).reduce((sum, values) => sum + values.length, 0);
  const started = shape.started ?? resolved;
  const notSent = notSentOf(shape.dropped);
  const dropped = sumNotSent(notSent);
  const tally = tallyOf(started, latencies);
  const { vus = 1, inFlight = 10 } = shape;
  const lateness = fromValues(shape.lateness ?? []);
  return {
    runner: '1',
    scenarioStartMs: started + dropped === 0 ? null : START_MS,
    ended: true,
    faults: [],
    steps: { steady: tally },
    dropped,
    notSent: dropped === 0 ? {} : { steady: notSent },
    lateness,
    latenessByStep: shape.lateness === undefined ? {} : { steady: lateness },
    warmup: { started: 0, dropped: 0, latencyByOutcome: {} },
    resends: { sent: 0, latencyByOutcome: {}, servedBefore: {} },
    windows: [{ startOffsetMs: 0, lengthMs: 10_000, dropped, cold: 0, vus, inFlight, ...tally }],
    connect: EMPTY_HISTOGRAM,
    handler: EMPTY_HISTOGRAM,
    init: EMPTY_HISTOGRAM,
    cold: 0,
    handlerSeen: true,
    ...shape.changes,
  };
}

export function sampleReport(
  shape: RunnerShape = {},
  { plan = {}, context = {} }: { plan?: Partial<LoadPlan>; context?: Partial<RunContext> } = {},
): Report {
  return buildReport({
    plan: samplePlan(plan),
    runners: [sampleRunner(shape)],
    context: sampleContext(context),
  });
}

function notSentOf(dropped: number | NotSent = 0): NotSent {
  if (typeof dropped === 'object') return dropped;
  return dropped === 0 ? {} : { inFlight: dropped };
}

export function repeat(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}
