import { WARMUP_SCENARIO } from '../telemetry/metric-names.ts';
import { parseDuration } from '../text/parse-duration.ts';

/** The most that a k6 script declares to send, from its scenarios as printed by `k6 inspect`. */
export interface DeclaredLoad {
  /** Highest sum of the arrival rates of all scenarios at any moment, in iterations per second. */
  readonly peakPerSecond: number;
  /** Iterations of all scenarios whose number is known in advance. */
  readonly iterations: number;
}

interface DeclaredScenario {
  readonly executor?: string;
  readonly startTime?: string | null;
  readonly rate?: number | null;
  readonly startRate?: number | null;
  readonly timeUnit?: string | null;
  readonly duration?: string | null;
  readonly stages?: readonly { readonly target: number; readonly duration: string }[] | null;
  readonly vus?: number | null;
  readonly iterations?: number | null;
}

/** A stretch of one scenario in which its rate changes linearly. */
interface Stretch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Iterations per second. */
  readonly fromRate: number;
  readonly toRate: number;
}

/** The sum of what the scenarios declare, at every moment; the suite's own warm-up comes before the rest. */
export function declaredLoad(scenarios: Readonly<Record<string, unknown>>): DeclaredLoad {
  const stretches: Stretch[] = [];
  const warmup: Stretch[] = [];
  let iterations = 0;
  for (const [name, declared] of Object.entries(scenarios)) {
    const scenario = declared as DeclaredScenario;
    const open = stretchesOf(scenario);
    if (open === null) {
      const perVu = scenario.executor === 'per-vu-iterations' ? (scenario.vus ?? 1) : 1;
      iterations += (scenario.iterations ?? 0) * perVu;
      continue;
    }
    (name === WARMUP_SCENARIO ? warmup : stretches).push(...open);
    for (const { fromSeconds, toSeconds, fromRate, toRate } of open) {
      iterations += ((toSeconds - fromSeconds) * (fromRate + toRate)) / 2;
    }
  }
  const peakPerSecond = Math.max(peakOfSum(stretches), peakOfSum(warmup));
  return { peakPerSecond, iterations };
}

/** Null for a closed model. */
function stretchesOf(scenario: DeclaredScenario): readonly Stretch[] | null {
  const unitSeconds = secondsOf(scenario.timeUnit ?? '1s');
  const fromSeconds = secondsOf(scenario.startTime ?? '0s');
  if (scenario.executor === 'constant-arrival-rate') {
    const rate = (scenario.rate ?? 0) / unitSeconds;
    const toSeconds = fromSeconds + secondsOf(scenario.duration ?? '0s');
    return [{ fromSeconds, toSeconds, fromRate: rate, toRate: rate }];
  }
  if (scenario.executor !== 'ramping-arrival-rate') return null;
  const stretches: Stretch[] = [];
  let rate = (scenario.startRate ?? 0) / unitSeconds;
  let startSeconds = fromSeconds;
  for (const stage of scenario.stages ?? []) {
    const toRate = stage.target / unitSeconds;
    const toSeconds = startSeconds + secondsOf(stage.duration);
    stretches.push({ fromSeconds: startSeconds, toSeconds, fromRate: rate, toRate });
    rate = toRate;
    startSeconds = toSeconds;
  }
  return stretches;
}

/**
 * Straight lines add up to straight lines, so the highest sum is at a border, just before or just
 * after it. Stretches of no length are jumps, and send nothing.
 */
function peakOfSum(stretches: readonly Stretch[]): number {
  const borders = stretches.flatMap(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds]);
  // An unreadable declaration must not pass a cap.
  if (borders.some(Number.isNaN)) return Number.NaN;
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  for (const border of new Set(borders.map(toMs))) {
    for (const stretch of stretches) {
      const [from, to] = [toMs(stretch.fromSeconds), toMs(stretch.toSeconds)];
      if (from === to || border < from || border > to) continue;
      const share = (border - from) / (to - from);
      const rate = stretch.fromRate + share * (stretch.toRate - stretch.fromRate);
      if (border > from) before.set(border, (before.get(border) ?? 0) + rate);
      if (border < to) after.set(border, (after.get(border) ?? 0) + rate);
    }
  }
  return Math.max(0, ...before.values(), ...after.values());
}

const toMs = (seconds: number) => Math.round(seconds * 1000);

/** NaN for a text that is not a duration, such as microseconds, because no cap lets it pass. */
function secondsOf(duration: string): number {
  return (parseDuration(duration) ?? Number.NaN) / 1000;
}
