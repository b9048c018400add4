import { WARMUP_SCENARIO } from '../telemetry/metric-names.ts';
import { type K6Options, type K6OptionsChoice, sharedOptions } from './k6-options.ts';
import type { LoadPlan, Stage } from './load-plan.ts';
import { durationSeconds } from './stages.ts';

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

/**
 * k6's options for a user's own scenario in k6's usual form, where each order waits in a VU. All VUs are created
 * before the load, because k6 drops orders that fall due while it creates one. k6 spaces the orders evenly.
 */
export function virtualUserOptions(
  plan: LoadPlan,
  choice: K6OptionsChoice = {},
): K6Options<ConstantArrivalRate | RampingArrivalRate> {
  const warmupSeconds = plan.warmup?.durationSeconds ?? 0;
  const load = (stages: readonly Stage[], startSeconds: number) =>
    executor(stages, {
      preAllocatedVUs: plan.maxInFlight,
      maxVUs: plan.maxInFlight,
      startTime: seconds(startSeconds),
      gracefulStop: milliseconds(plan.gracefulStopMs),
    });
  return {
    scenarios: {
      ...(plan.warmup && { [WARMUP_SCENARIO]: load([plan.warmup], 0) }),
      [plan.scenario]: load(plan.stages, warmupSeconds),
    },
    ...sharedOptions(plan, choice),
  };
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
