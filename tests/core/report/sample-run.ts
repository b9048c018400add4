import { fromValues } from '../../../lib/core/histogram/from-values.ts';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import type { LoadPlan } from '../../../lib/core/load/load-plan.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import { buildReport } from '../../../lib/core/report/build-report.ts';
import type { RunContext } from '../../../lib/core/report/run-context.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import type { ResendTally, RunnerTelemetry, Tally } from '../../../lib/core/telemetry/tally.ts';

export const START_MS = Date.parse('2026-11-20T10:00:00.000Z');

/** 10 s at 100/s: 1000 orders. */
export function samplePlan(changes: Partial<LoadPlan> = {}): LoadPlan {
  return {
    scenario: 'steady',
    profile: 'quick',
    run: 'r1',
    seed: 7,
    target: 'https://api.example.com/prod',
    warmup: null,
    stages: [{ name: 'steady', durationSeconds: 10, fromRate: 100, toRate: 100 }],
    requestTimeoutMs: 5000,
    retryRatio: 0,
    gracefulStopMs: 6000,
    preAllocatedVUs: 50,
    maxVUs: 500,
    littleBoundVUs: 500,
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
  readonly dropped?: number;
  readonly vus?: number | null;
  readonly changes?: Partial<RunnerTelemetry>;
}

/** A runner that did everything in one step and one window of 10 s. */
export function sampleRunner(shape: RunnerShape = {}): RunnerTelemetry {
  const latencies = shape.latencies ?? { created: repeat(1000, 20) };
  const resolved = Object.values(latencies).reduce((sum, values) => sum + values.length, 0);
  const started = shape.started ?? resolved;
  const dropped = shape.dropped ?? 0;
  const tally = tallyOf(started, latencies);
  const vus = shape.vus === undefined ? 10 : shape.vus;
  return {
    runner: '1',
    scenarioStartMs: started === 0 ? null : START_MS,
    ended: true,
    faults: [],
    steps: { steady: tally },
    dropped,
    warmup: { started: 0, dropped: 0, latencyByOutcome: {} },
    resends: { sent: 0, latencyByOutcome: {}, servedBefore: {} },
    windows: [{ startOffsetMs: 0, lengthMs: 10_000, dropped, cold: 0, vus, ...tally }],
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

export function repeat(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}
