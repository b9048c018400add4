import { METRIC_NAMES, WARMUP_SCENARIO } from '../telemetry/metric-names.ts';
import type { LoadPlan, Stage } from './load-plan.ts';
import { durationSeconds, peakRate } from './stages.ts';
import { isJudgedPerStep } from './staircase.ts';
import { vusForRate } from './vus.ts';

interface VuLimits {
  readonly preAllocatedVUs: number;
  readonly maxVUs: number;
  readonly startTime: string;
  readonly gracefulStop: string;
}

export interface ConstantArrivalRate extends VuLimits {
  readonly executor: 'constant-arrival-rate';
  readonly rate: number;
  readonly timeUnit: string;
  readonly duration: string;
}

export interface RampingArrivalRate extends VuLimits {
  readonly executor: 'ramping-arrival-rate';
  readonly startRate: number;
  readonly timeUnit: string;
  readonly stages: { target: number; duration: string }[];
}

type SystemTag = 'status' | 'method' | 'name' | 'scenario' | 'error_code' | 'expected_response';

/** The part of k6's options that a plan decides; assignable to `Options` of `k6/options`. */
export interface K6Options {
  readonly scenarios: Record<string, ConstantArrivalRate | RampingArrivalRate>;
  readonly thresholds: Record<string, string[]>;
  readonly systemTags: SystemTag[];
  readonly summaryTrendStats: string[];
  readonly maxRedirects: 0;
  readonly dns: { readonly ttl: string; readonly select: 'random'; readonly policy: 'preferIPv4' };
  readonly discardResponseBodies: boolean;
}

/**
 * k6's options for a plan. The wrapper judges by telemetry: `thresholds: false` leaves out k6's own,
 * each of which costs CPU and memory, and `allTags: false` the tags that only a person at k6's own
 * metrics would read.
 */
export function k6Options(plan: LoadPlan, { thresholds = true, allTags = true } = {}): K6Options {
  const scenarios: K6Options['scenarios'] = {};
  const warmupSeconds = plan.warmup?.durationSeconds ?? 0;
  if (plan.warmup) scenarios[WARMUP_SCENARIO] = warmupExecutor(plan, plan.warmup);
  const load = (stages: readonly Stage[], startSeconds: number) =>
    executor(stages, {
      preAllocatedVUs: plan.preAllocatedVUs,
      maxVUs: plan.maxVUs,
      startTime: seconds(startSeconds),
      gracefulStop: milliseconds(plan.gracefulStopMs),
    });
  if (plan.targetB === undefined) {
    scenarios[plan.scenario] = load(plan.stages, warmupSeconds);
  } else {
    // A scenario for each block: k6 counts what it drops by scenario only.
    let startSeconds = warmupSeconds;
    for (const stage of plan.stages) {
      scenarios[stage.name] = load([stage], startSeconds);
      startSeconds += stage.durationSeconds;
    }
  }

  return {
    scenarios,
    thresholds: thresholds ? k6Thresholds(plan) : {},
    systemTags: allTags
      ? ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response']
      : ['scenario'],
    summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'count'],
    maxRedirects: 0,
    // AWS endpoints change addresses within a run; k6 would keep the first for five minutes.
    dns: { ttl: '5s', select: 'random', policy: 'preferIPv4' },
    discardResponseBodies: false,
  };
}

function k6Thresholds(plan: LoadPlan): Record<string, string[]> {
  const tag = plan.targetB === undefined ? `{scenario:${plan.scenario}}` : '';
  const failedRatio = Number((1 - plan.slo.successRatio).toFixed(9));
  const thresholds: Record<string, string[]> = {
    // Without samples every other threshold is met, and k6 exits 0.
    [METRIC_NAMES.started + tag]: ['count>0'],
  };
  // To breach the SLO in a later step is what such a run is for.
  if (!isJudgedPerStep(plan.scenario)) {
    thresholds[`http_req_failed${tag}`] = [`rate<=${failedRatio}`];
    thresholds[`http_req_duration${tag}`] = [`p(95)<=${plan.slo.p95Ms}`];
  }
  if (plan.warmup) thresholds[`${METRIC_NAMES.started}{scenario:${WARMUP_SCENARIO}}`] = ['count>0'];
  return thresholds;
}

function warmupExecutor(plan: LoadPlan, warmup: Stage): ConstantArrivalRate | RampingArrivalRate {
  const { preAllocatedVUs, maxVUs } = vusForRate({
    peakPerSecond: peakRate([warmup]),
    slo: plan.slo,
    requestTimeoutMs: plan.requestTimeoutMs,
    retryRatio: 0,
    maxVUs: plan.maxVUs,
    freeMemoryBytes: null,
  });
  return executor([warmup], {
    preAllocatedVUs,
    maxVUs,
    startTime: '0s',
    gracefulStop: milliseconds(plan.gracefulStopMs),
  });
}

function executor(
  stages: readonly Stage[],
  limits: VuLimits,
): ConstantArrivalRate | RampingArrivalRate {
  const first = stages[0] as Stage;
  const unitSeconds = timeUnitSeconds(stages);
  const rate = (perSecond: number) => Math.round(perSecond * unitSeconds);
  const timeUnit = `${unitSeconds}s`;

  if (stages.length === 1 && first.fromRate === first.toRate) {
    return {
      executor: 'constant-arrival-rate',
      rate: rate(first.fromRate),
      timeUnit,
      duration: seconds(durationSeconds(stages)),
      ...limits,
    };
  }

  const k6Stages: { target: number; duration: string }[] = [];
  let current = first.fromRate;
  for (const stage of stages) {
    // A stage of no length is how k6 jumps.
    if (stage.fromRate !== current) {
      k6Stages.push({ target: rate(stage.fromRate), duration: '0s' });
    }
    k6Stages.push({ target: rate(stage.toRate), duration: seconds(stage.durationSeconds) });
    current = stage.toRate;
  }
  return {
    executor: 'ramping-arrival-rate',
    startRate: rate(first.fromRate),
    timeUnit,
    stages: k6Stages,
    ...limits,
  };
}

/** k6 takes whole rates only: the shortest unit in which every rate is whole. */
function timeUnitSeconds(stages: readonly Stage[]): number {
  const whole = (unit: number) => (rate: number) =>
    Math.abs(rate * unit - Math.round(rate * unit)) < 1e-6;
  const rates = stages.flatMap((stage) => [stage.fromRate, stage.toRate]);
  return [1, 10, 100].find((unit) => rates.every(whole(unit))) ?? 1000;
}

const milliseconds = (ms: number) => `${Math.round(ms)}ms`;
const seconds = (value: number) => milliseconds(value * 1000);
