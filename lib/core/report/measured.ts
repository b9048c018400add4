import { addAll } from '../histogram/add.ts';
import type { Histogram } from '../histogram/histogram.ts';
import type { Outcome } from '../order/outcome.ts';
import type { NotSentBySteps, RunnerTelemetry, Tally } from '../telemetry/tally.ts';
import type { Counted } from './counted.ts';
import { addFailures, type MeasuredFailure, measuredFailures } from './failure-figures.ts';
import { addByOutcome, servedLatency } from './latency-by-outcome.ts';
import { type LoadEnd, stoppedAfterMs } from './load-span.ts';
import { addNotSent } from './not-sent-figures.ts';
import { addOutcomeCounts, outcomeCountsOf } from './outcome-counts.ts';
import { addRetries, type MeasuredRetries, measuredRetries } from './retry-figures.ts';
import type { PlanFacts } from './run-facts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';
import { addAligned, alignWindows, type TimedWindow, windowLengthMs } from './windows.ts';

/**
 * The measurements of a run, in a form that can be added up over runners and over their reports. All
 * figures of a report are computed from it, and it can be recovered from a report.
 */
export interface Measured {
  /** Epoch ms of the start and the end of the load, or null if no order was started. */
  readonly loadMs: { readonly start: number; readonly end: number } | null;
  readonly dropped: number;
  /** Dropped orders by step and reason, as far as known. */
  readonly notSent: NotSentBySteps;
  /** Orders that failed, by way of failing; undefined if not known. */
  readonly failures?: readonly MeasuredFailure[] | undefined;
  /** Lateness in ms: how long after they were due orders were started. Empty if it is not known. */
  readonly lateness: Histogram;
  readonly latenessByStep: Readonly<Record<string, Histogram>>;
  readonly latencyByOutcome: Readonly<Partial<Record<Outcome, Histogram>>>;
  readonly steps: Readonly<Record<string, Counted>>;
  readonly windows: readonly TimedWindow[];
  readonly warmup: {
    readonly started: number;
    readonly dropped: number;
    readonly outcomes: OutcomeCounts;
  };
  readonly retries: MeasuredRetries;
  readonly connect: Histogram;
  readonly handler: Histogram;
  /** `handler` by step, without steps in which no response carried it. */
  readonly handlerByStep?: Readonly<Record<string, Histogram>>;
  readonly init: Histogram;
  readonly cold: number;
  readonly handlerSeen: boolean;
  /** Whether responses told warm or cold. */
  readonly timingSeen: boolean;
}

export function measuredOf(
  plan: PlanFacts,
  runners: readonly RunnerTelemetry[],
  end: LoadEnd,
): Measured {
  const offered = sum(
    runners.flatMap(({ steps, dropped }) => [
      dropped,
      ...Object.values(steps).map(({ started }) => started),
    ]),
  );
  return addMeasured(
    plan,
    runners.map((runner) => runnerMeasured(plan, runner, end, offered)),
  );
}

/** The sum. Windows are aligned to a common grid as soon as there is more than one part. */
export function addMeasured(plan: PlanFacts, parts: readonly Measured[]): Measured {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const lengthMs = windowLengthMs(plan);
  const spans = parts.flatMap((part) => part.loadMs ?? []);
  const stepNames = [...new Set(parts.flatMap((part) => Object.keys(part.steps)))].sort();
  return {
    loadMs:
      spans.length === 0
        ? null
        : {
            start: Math.min(...spans.map((span) => span.start)),
            end: Math.max(...spans.map((span) => span.end)),
          },
    dropped: sum(parts.map((part) => part.dropped)),
    notSent: addNotSent(parts.map((part) => part.notSent)),
    failures: addFailures(parts.map((part) => part.failures)),
    lateness: addAll(parts.map((part) => part.lateness)),
    latenessByStep: addHistograms(parts.map((part) => part.latenessByStep)),
    latencyByOutcome: addByOutcome(parts.map((part) => part.latencyByOutcome)),
    steps: Object.fromEntries(
      stepNames.map((name) => [name, addCounted(parts.flatMap((part) => part.steps[name] ?? []))]),
    ),
    windows: addAligned(parts.flatMap((part) => alignWindows(part.windows, lengthMs))),
    warmup: {
      started: sum(parts.map((part) => part.warmup.started)),
      dropped: sum(parts.map((part) => part.warmup.dropped)),
      outcomes: addOutcomeCounts(parts.map((part) => part.warmup.outcomes)),
    },
    retries: addRetries(parts.map((part) => part.retries)),
    connect: addAll(parts.map((part) => part.connect)),
    handler: addAll(parts.map((part) => part.handler)),
    handlerByStep: addHistograms(parts.map((part) => part.handlerByStep ?? {})),
    init: addAll(parts.map((part) => part.init)),
    cold: sum(parts.map((part) => part.cold)),
    handlerSeen: parts.some((part) => part.handlerSeen),
    timingSeen: parts.some((part) => part.timingSeen),
  };
}

function runnerMeasured(
  plan: PlanFacts,
  runner: RunnerTelemetry,
  end: LoadEnd,
  offered: number,
): Measured {
  const lengthMs = windowLengthMs(plan);
  const startMs = runner.scenarioStartMs === null ? null : Math.round(runner.scenarioStartMs);
  const windows =
    startMs === null
      ? []
      : runner.windows.map((window) => ({
          startMs: startMs + window.startOffsetMs,
          lengthMs: window.lengthMs,
          dropped: window.dropped,
          cold: window.cold,
          environmentMemoryMb: null,
          vus: window.vus,
          inFlight: window.inFlight,
          ...countedOf(window),
        }));
  const last = runner.windows.findLast(({ started, dropped }) => started + dropped > 0);
  const loadedMs =
    end.isWhole || startMs === null || last === undefined
      ? plan.durationMs
      : stoppedAfterMs({
          stages: plan.stages,
          offered,
          lastStarts: { fromMs: last.startOffsetMs, toMs: last.startOffsetMs + last.lengthMs },
          goneMs: end.untilMs - startMs,
        });
  return {
    loadMs: startMs === null ? null : { start: startMs, end: startMs + loadedMs },
    dropped: runner.dropped,
    notSent: runner.notSent,
    failures: measuredFailures(runner.failures),
    lateness: runner.lateness,
    latenessByStep: runner.latenessByStep,
    latencyByOutcome: addByOutcome(
      Object.values(runner.steps).map((step) => step.latencyByOutcome),
    ),
    steps: Object.fromEntries(
      Object.entries(runner.steps).map(([name, tally]) => [name, countedOf(tally)]),
    ),
    // Windows that need no widening keep their own borders, which are more exact than a grid's.
    windows: windows.some((window) => window.lengthMs < lengthMs)
      ? alignWindows(windows, lengthMs)
      : windows,
    warmup: {
      started: runner.warmup.started,
      dropped: runner.warmup.dropped,
      outcomes: outcomeCountsOf(runner.warmup.latencyByOutcome),
    },
    retries: measuredRetries(runner.resends),
    connect: runner.connect,
    handler: runner.handler,
    handlerByStep: runner.handlerByStep ?? {},
    init: runner.init,
    cold: runner.cold,
    handlerSeen: runner.handlerSeen,
    timingSeen: runner.timingSeen ?? runner.handlerSeen,
  };
}

function countedOf(tally: Tally): Counted {
  return {
    started: tally.started,
    outcomes: outcomeCountsOf(tally.latencyByOutcome),
    success: servedLatency(tally.latencyByOutcome),
  };
}

function addCounted(parts: readonly Counted[]): Counted {
  return {
    started: sum(parts.map((part) => part.started)),
    outcomes: addOutcomeCounts(parts.map((part) => part.outcomes)),
    success: addAll(parts.map((part) => part.success)),
  };
}

function addHistograms(
  parts: readonly Readonly<Record<string, Histogram>>[],
): Record<string, Histogram> {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))].sort();
  return Object.fromEntries(
    names.map((name) => [name, addAll(parts.flatMap((part) => part[name] ?? []))]),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
