import { parseDuration } from '../config/parse-duration.ts';
import { WARMUP_SCENARIO } from '../telemetry/metric-names.ts';

/** The most that a k6 script says it will send, as `k6 inspect` prints its scenarios. */
export interface DeclaredLoad {
  /** Sum of the peaks of all arrival-rate scenarios, in iterations per second. */
  readonly peakPerSecond: number;
  /** Iterations of all scenarios whose number is known beforehand. */
  readonly iterations: number;
  /** Scenarios whose rate depends on how fast the target answers (a closed model). */
  readonly closedScenarios: readonly string[];
}

interface DeclaredScenario {
  readonly executor?: string;
  readonly rate?: number | null;
  readonly startRate?: number | null;
  readonly timeUnit?: string | null;
  readonly duration?: string | null;
  readonly stages?: readonly { readonly target: number; readonly duration: string }[] | null;
  readonly vus?: number | null;
  readonly iterations?: number | null;
}

/** Adds up what each scenario declares, as if all ran at once; the suite's own warm-up comes before the rest. */
export function declaredLoad(scenarios: Readonly<Record<string, unknown>>): DeclaredLoad {
  let peakPerSecond = 0;
  let warmupPeak = 0;
  let iterations = 0;
  const addPeak = (name: string, peak: number): void => {
    if (name === WARMUP_SCENARIO) warmupPeak = peak;
    else peakPerSecond += peak;
  };
  const closedScenarios: string[] = [];
  for (const [name, declared] of Object.entries(scenarios)) {
    const scenario = declared as DeclaredScenario;
    const unitSeconds = secondsOf(scenario.timeUnit ?? '1s');
    if (scenario.executor === 'constant-arrival-rate') {
      const rate = (scenario.rate ?? 0) / unitSeconds;
      addPeak(name, rate);
      iterations += rate * secondsOf(scenario.duration ?? '0s');
    } else if (scenario.executor === 'ramping-arrival-rate') {
      let rate = (scenario.startRate ?? 0) / unitSeconds;
      let peak = rate;
      for (const stage of scenario.stages ?? []) {
        const target = stage.target / unitSeconds;
        iterations += (secondsOf(stage.duration) * (rate + target)) / 2;
        peak = Math.max(peak, target);
        rate = target;
      }
      addPeak(name, peak);
    } else {
      closedScenarios.push(name);
      const perVu = scenario.executor === 'per-vu-iterations' ? (scenario.vus ?? 1) : 1;
      iterations += (scenario.iterations ?? 0) * perVu;
    }
  }
  return { peakPerSecond: Math.max(peakPerSecond, warmupPeak), iterations, closedScenarios };
}

/** NaN for a text that is no duration, such as microseconds: no cap lets it pass. */
function secondsOf(duration: string): number {
  return (parseDuration(duration) ?? Number.NaN) / 1000;
}
