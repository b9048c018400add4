import { addAll } from '../../lib/core/histogram/add.ts';
import { bucketIndexOf } from '../../lib/core/histogram/bucket-index.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../../lib/core/histogram/histogram.ts';
import { DEFAULT_ORDER_MAPPING } from '../../lib/core/order/order-mapping.ts';
import { buildReport } from '../../lib/core/report/build-report.ts';
import type { WindowTally } from '../../lib/core/telemetry/tally.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { answerSoak } from '../../lib/questions/soak/answer.ts';
import { SOAK } from '../../lib/questions/soak/profile.ts';
import type { Drift } from '../../lib/questions/soak/schema.ts';
import { drawLogNormal, type Random, seededRandom } from '../../order-api/lambda/random.ts';

export interface SimulatedSoak {
  readonly seed: number;
  readonly hours: number;
  readonly ratePerSecond: number;
  /** Linear, relative to the level at the start. */
  readonly driftPercentPerHour: number;
  /** Share of lost orders at the start, and how much it grows per hour. */
  readonly lostRatio?: number;
  readonly lostRatioPerHour?: number;
  /** Latency is multiplied by `factor` from this hour on. */
  readonly step?: { readonly fromHours: number; readonly factor: number };
}

/** Latency of an order: log-normal, median 50 ms. */
const MEDIAN_MS = 50;
const LOG_SD = 0.5;
/** Standard deviation and correlation of the windows' levels, a first-order autoregression of the logarithm. */
const WANDER_SD = 0.05;
const WANDER_AR = 0.6;
const WINDOWS = 120;
const START_MS = Date.parse('2026-11-20T10:00:00.000Z');

/** Returns the drift that the real report finds in a soak of known drift. */
export function driftOfSimulatedSoak(soak: SimulatedSoak): Drift {
  const { answer: drift } = answerSoak(reportOfSimulatedSoak(soak));
  if (drift === undefined) throw new Error('there is no answer');
  return drift;
}

/** Returns the report of a soak, with as many windows as a real one. */
export function reportOfSimulatedSoak(soak: SimulatedSoak): AnsweredReport {
  const random = seededRandom(soak.seed);
  const normal = () => Math.log(drawLogNormal(random, 1, 1));
  const lengthMs = (soak.hours * 3_600_000) / WINDOWS;
  let wander = normal() * WANDER_SD;
  const windows: WindowTally[] = Array.from({ length: WINDOWS }, (_, i) => {
    const hours = ((i + 0.5) * lengthMs) / 3_600_000;
    wander = WANDER_AR * wander + normal() * WANDER_SD * Math.sqrt(1 - WANDER_AR ** 2);
    const factor = soak.step !== undefined && hours >= soak.step.fromHours ? soak.step.factor : 1;
    const level =
      MEDIAN_MS * (1 + (soak.driftPercentPerHour / 100) * hours) * Math.exp(wander) * factor;
    const orders = Math.round((soak.ratePerSecond * lengthMs) / 1000);
    const lostRatio = (soak.lostRatio ?? 0) + (soak.lostRatioPerHour ?? 0) * hours;
    let lost = 0;
    for (let n = 0; n < orders; n += 1) if (random() < lostRatio) lost += 1;
    return {
      startOffsetMs: i * lengthMs,
      lengthMs,
      started: orders,
      dropped: 0,
      cold: 0,
      vus: 1,
      inFlight: 5,
      latencyByOutcome: {
        created: sampled(random, orders - lost, level),
        ...(lost === 0 ? {} : { serverError: sampled(random, lost, 5) }),
      },
    };
  });
  const seconds = soak.hours * 3600;
  const orders = windows.reduce((sum, { started }) => sum + started, 0);
  return buildReport({
    plan: {
      scenario: 'soak',
      question: SOAK.traits,
      profile: 'long',
      run: `run-${soak.seed}`,
      seed: 1,
      target: 'http://127.0.0.1',
      warmup: null,
      stages: [
        {
          name: 'soak',
          durationSeconds: seconds,
          fromRate: soak.ratePerSecond,
          toRate: soak.ratePerSecond,
        },
      ],
      requestTimeoutMs: 5000,
      gracefulStopMs: 6000,
      retryRatio: 0,
      http1: false,
      arrivals: { kind: 'even' },
      maxInFlight: 1e5,
      inFlightBound: 1e5,
      clients: 1,
      mostRunners: 1,
      slo: { successRatio: 0.5, p95Ms: 5000 },
      mapping: DEFAULT_ORDER_MAPPING,
      auth: { kind: 'none' },
      headers: [],
    },
    runners: [
      {
        runner: '1',
        scenarioStartMs: START_MS,
        ended: true,
        faults: [],
        windows,
        dropped: 0,
        notSent: {},
        lateness: EMPTY_HISTOGRAM,
        latenessByStep: {},
        steps: { soak: { started: orders, latencyByOutcome: { created: allOf(windows) } } },
        warmup: { started: 0, dropped: 0, latencyByOutcome: {} },
        resends: { sent: 0, latencyByOutcome: {}, servedBefore: {} },
        connect: EMPTY_HISTOGRAM,
        handler: EMPTY_HISTOGRAM,
        init: EMPTY_HISTOGRAM,
        cold: 0,
        handlerSeen: true,
      },
    ],
    context: {
      startedAt: new Date(START_MS).toISOString(),
      endedAt: new Date(START_MS + seconds * 1000).toISOString(),
      status: 'completed',
      abortReason: null,
      label: null,
      gitCommit: null,
      suiteVersion: '0',
      k6Version: '0',
      nodeVersion: '0',
      hostCpus: 2,
      configHash: '',
      target: { label: '', deployment: null, platform: 'local', memoryMb: null },
      k6: { exitCode: 0, signal: null, exceptions: [] },
      generator: { cpuSeconds: null, peakRssBytes: null },
    },
  });
}

function sampled(random: Random, count: number, medianMs: number): Histogram {
  const counts = new Map<number, number>();
  for (let n = 0; n < count; n += 1) {
    const index = bucketIndexOf(drawLogNormal(random, medianMs, LOG_SD)) ?? 0;
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return { schema: 6, zeroCount: 0, buckets: [...counts].sort(([a], [b]) => a - b) };
}

/** Latencies of all orders, lost ones included: the verdict checks that every order is accounted for. */
function allOf(windows: readonly WindowTally[]): Histogram {
  return addAll(windows.flatMap(({ latencyByOutcome }) => Object.values(latencyByOutcome)));
}
