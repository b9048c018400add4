import { METRIC_NAMES, WARMUP_SCENARIO } from '../telemetry/metric-names.ts';
import type { LoadPlan } from './load-plan.ts';
import { durationSeconds } from './stages.ts';

/** One iteration in each VU, which is an event loop that starts orders until the load is over. */
export interface EventLoops {
  readonly executor: 'per-vu-iterations';
  readonly vus: number;
  readonly iterations: 1;
  readonly startTime: string;
  readonly maxDuration: string;
  readonly gracefulStop: string;
}

type SystemTag = 'status' | 'method' | 'name' | 'scenario' | 'error_code' | 'expected_response';

/** The part of k6's options that a plan decides; assignable to `Options` of `k6/options`. */
export interface K6Options<Executor = EventLoops> {
  readonly scenarios: Record<string, Executor>;
  readonly thresholds: Record<string, string[]>;
  readonly systemTags: SystemTag[];
  readonly summaryTrendStats: string[];
  readonly maxRedirects: 0;
  readonly dns: { readonly ttl: string; readonly select: 'random'; readonly policy: 'preferIPv4' };
  readonly discardResponseBodies: boolean;
  /** Connections that a VU keeps for the next orders; k6 would keep six. */
  readonly batch: number;
  readonly batchPerHost: number;
}

/** What k6 is asked for: thresholds of its own, and the tags that only a person at k6's own metrics would read. */
export interface K6OptionsChoice {
  readonly thresholds?: boolean;
  readonly allTags?: boolean;
}

/**
 * k6's options for a plan whose scenario is an event loop. The wrapper judges by telemetry, and has k6 leave out
 * thresholds, each of which costs CPU and memory, and most tags.
 */
export function k6Options(plan: LoadPlan, choice: K6OptionsChoice = {}): K6Options {
  const warmupSeconds = plan.warmup?.durationSeconds ?? 0;
  const loops = (startSeconds: number, lengthSeconds: number): EventLoops => ({
    executor: 'per-vu-iterations',
    // Of each runner's loops those above the planned number end at once.
    vus: plan.clients * plan.mostRunners,
    iterations: 1,
    startTime: seconds(startSeconds),
    maxDuration: seconds(Math.max(1, lengthSeconds)),
    gracefulStop: milliseconds(plan.gracefulStopMs),
  });
  return {
    scenarios: {
      ...(plan.warmup && { [WARMUP_SCENARIO]: loops(0, warmupSeconds) }),
      [plan.scenario]: loops(warmupSeconds, durationSeconds(plan.stages)),
    },
    ...sharedOptions(plan, choice),
  };
}

/** The options that do not depend on who starts the orders. */
export function sharedOptions(
  plan: LoadPlan,
  { thresholds = true, allTags = true }: K6OptionsChoice,
): Omit<K6Options, 'scenarios'> {
  return {
    thresholds: thresholds ? k6Thresholds(plan) : {},
    systemTags: allTags
      ? ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response']
      : ['scenario'],
    summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'count'],
    maxRedirects: 0,
    // AWS endpoints change addresses within a run; k6 would keep the first for five minutes.
    dns: { ttl: '5s', select: 'random', policy: 'preferIPv4' },
    discardResponseBodies: false,
    batch: plan.maxInFlight,
    batchPerHost: plan.maxInFlight,
  };
}

function k6Thresholds(plan: LoadPlan): Record<string, string[]> {
  const tag = `{scenario:${plan.scenario}}`;
  const failedRatio = Number((1 - plan.slo.successRatio).toFixed(9));
  const thresholds: Record<string, string[]> = {
    // Without samples every other threshold is met, and k6 exits 0.
    [METRIC_NAMES.started + tag]: ['count>0'],
  };
  // To breach the SLO in a later step is what such a run is for.
  if (plan.question.judgedBy !== 'step') {
    thresholds[`http_req_failed${tag}`] = [`rate<=${failedRatio}`];
    thresholds[`http_req_duration${tag}`] = [`p(95)<=${plan.slo.p95Ms}`];
  }
  if (plan.warmup) thresholds[`${METRIC_NAMES.started}{scenario:${WARMUP_SCENARIO}}`] = ['count>0'];
  return thresholds;
}

const milliseconds = (ms: number) => `${Math.round(ms)}ms`;
const seconds = (value: number) => milliseconds(value * 1000);
