import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { probit } from 'simple-statistics';
import { leastOrders } from '../../lib/core/compare/compare-settings.ts';
import { type ComparedRun, withinNoise } from '../../lib/core/compare/compared-run.ts';
import {
  pooledCounts,
  pooledLogQuantile,
  type WindowSketch,
} from '../../lib/core/compare/window-sketch.ts';
import {
  LATENCY_METRICS,
  type LatencyMetric,
  QUANTILES,
} from '../../lib/core/history/latency-metric.ts';
import { overdispersion } from '../../lib/core/report/overdispersion.ts';

/** How runs of a simulated target behave; the defaults are those of docs/method/compare.md. */
export interface TargetShape {
  readonly windows: number;
  readonly ordersPerWindow: number;
  /** Standard deviation of the logarithm of single latencies. */
  readonly logSd: number;
  /** Correlation of consecutive windows, which are a first-order autoregression. */
  readonly windowCorrelation: number;
  readonly windowSd: number;
  /** Coefficient of variation between runs. */
  readonly runCv: number;
  /** Additional coefficient of variation between nights, shared by the runs of a night. */
  readonly nightCv: number;
  readonly failureRatio: number;
  /** Standard deviation of the logarithm of a window's failure rate: how much failures come in bursts. */
  readonly burstSd: number;
}

export const STEADY_TARGET: TargetShape = {
  windows: 60,
  ordersPerWindow: 100,
  logSd: 0.5,
  windowCorrelation: 0.6,
  windowSd: 0.05,
  runCv: 0.03,
  nightCv: 0,
  failureRatio: 0.005,
  burstSd: 0.7,
};

export interface RunOptions {
  /** Change of the latency: 0.1 is 10% slower. */
  readonly slower?: number;
  readonly failureRatio?: number;
  /** Compute the block bootstrap, which is only needed for a single run. */
  readonly withinNoise?: boolean;
  /** Number of the run's night; by default each run has its own. */
  readonly night?: number;
}

const DAY_MS = 86_400_000;
const MEDIAN_MS = 40;
/** Share of the windows' variance that both blocks of a round have in common. */
const SHARED_VARIANCE = 0.8;
const NORMAL_STEPS = 1 << 14;
/** Quantiles of the standard normal distribution at the middles of equal steps. */
const NORMAL = Float64Array.from({ length: NORMAL_STEPS }, (_, step) =>
  probit((step + 0.5) / NORMAL_STEPS),
);
/** Buckets of 1.09%, from far below the median to far above it. */
const BINS = 448;
const BINS_PER_LOG = 64 / Math.LN2;
const FIRST_INDEX = Math.round(Math.log(MEDIAN_MS) * BINS_PER_LOG) - BINS / 2;

/** Generates runs of a target, all from one seed. */
export class SimulatedTarget {
  readonly #random: RandomGenerator;
  readonly #shape: TargetShape;
  #runs = 0;
  #nights = 0;

  constructor(seed: number, shape: Partial<TargetShape> = {}) {
    this.#random = xoroshiro128plus(seed);
    this.#shape = { ...STEADY_TARGET, ...shape };
  }

  /** Returns a standard normal random number. */
  normal(): number {
    return NORMAL[(this.#random.next() >>> 8) & (NORMAL_STEPS - 1)] as number;
  }

  run(options: RunOptions = {}): ComparedRun {
    const { runCv, windowSd } = this.#shape;
    const level = Math.log1p(options.slower ?? 0) + runCv * this.normal();
    return this.#runAt(
      this.#wander(windowSd).map((value) => level + value),
      options,
    );
  }

  #runAt(levels: readonly number[], options: RunOptions): ComparedRun {
    const sketch = this.#sketch(levels);
    const pooled = pooledCounts(sketch);
    const orders = sketch.windows * this.#shape.ordersPerWindow;
    this.#runs += 1;
    return {
      id: `run-${this.#runs}`,
      startedAtMs: (options.night ?? ++this.#nights) * DAY_MS,
      levels: Object.fromEntries(
        LATENCY_METRICS.map((metric) => [
          metric,
          orders < leastOrders(metric)
            ? null
            : pooledLogQuantile(sketch, pooled, QUANTILES[metric]),
        ]),
      ) as Record<LatencyMetric, number | null>,
      success: this.#success(options.failureRatio ?? this.#shape.failureRatio),
      within: options.withinNoise === true ? withinNoise(sketch) : null,
    };
  }

  runs(count: number, options: RunOptions = {}): ComparedRun[] {
    return Array.from({ length: count }, () => this.run(options));
  }

  /** Returns the runs of one night, which share its noise. */
  night(count: number, options: RunOptions = {}): ComparedRun[] {
    const night = this.#shape.nightCv * this.normal();
    const slower = Math.expm1(Math.log1p(options.slower ?? 0) + night);
    this.#nights += 1;
    return this.runs(count, { ...options, slower, night: this.#nights });
  }

  /**
   * Returns a round of an ab run. Both blocks share the noise between runs and most of the noise of their windows; the
   * rest, and the noise `residual` between blocks, is separate for each.
   */
  round(slower: number, residual: number): readonly [a: ComparedRun, b: ComparedRun] {
    const { runCv, windowSd } = this.#shape;
    const shared = this.#wander(windowSd * Math.sqrt(SHARED_VARIANCE));
    const run = runCv * this.normal();
    const block = (level: number) => {
      const ownLevels = this.#wander(windowSd * Math.sqrt(1 - SHARED_VARIANCE));
      const noise = residual * this.normal();
      return this.#runAt(
        shared.map((value, window) => level + run + noise + value + (ownLevels[window] as number)),
        {},
      );
    };
    return [block(0), block(Math.log1p(slower))];
  }

  /** Returns a level for each window. */
  #wander(sd: number): number[] {
    const { windows, windowCorrelation } = this.#shape;
    const innovation = sd * Math.sqrt(1 - windowCorrelation ** 2);
    let drift = sd * this.normal();
    return Array.from({ length: windows }, () => {
      const level = drift;
      drift = windowCorrelation * drift + innovation * this.normal();
      return level;
    });
  }

  #sketch(levels: readonly number[]): WindowSketch {
    const { windows, ordersPerWindow, logSd } = this.#shape;
    const counts = new Float64Array(windows * BINS);
    const random = this.#random;
    for (let window = 0; window < windows; window++) {
      const center = BINS / 2 + (levels[window] as number) * BINS_PER_LOG;
      const from = window * BINS;
      for (let order = 0; order < ordersPerWindow; order++) {
        const z = NORMAL[(random.next() >>> 8) & (NORMAL_STEPS - 1)] as number;
        const bin = Math.ceil(center + logSd * BINS_PER_LOG * z);
        const cell = from + Math.min(BINS - 1, Math.max(0, bin));
        counts[cell] = (counts[cell] as number) + 1;
      }
    }
    return { windows, firstIndex: FIRST_INDEX, bins: BINS, counts };
  }

  #success(failureRatio: number): ComparedRun['success'] {
    const { windows, ordersPerWindow, burstSd } = this.#shape;
    let failures = 0;
    const perWindow = Array.from({ length: windows }, () => {
      const rate = failureRatio * Math.exp(burstSd * this.normal() - burstSd ** 2 / 2);
      const hits = this.#binomial(ordersPerWindow, Math.min(1, rate));
      failures += hits;
      return { hits, trials: ordersPerWindow };
    });
    const offered = windows * ordersPerWindow;
    return {
      ratio: 1 - failures / offered,
      offered,
      failures,
      overdispersion: overdispersion(perWindow),
    };
  }

  /** Draws the gaps between hits, so that rare hits cost little. */
  #binomial(trials: number, rate: number): number {
    if (rate <= 0) return 0;
    const scale = Math.log1p(-rate);
    let hits = 0;
    for (let trial = 0; ; hits++) {
      trial += Math.floor(Math.log(this.uniform()) / scale) + 1;
      if (trial > trials) return hits;
    }
  }

  /** Returns a uniform random number between 0 and 1, excluding both. */
  uniform(): number {
    return (uniformInt(this.#random, 0, 2 ** 30 - 1) + 0.5) / 2 ** 30;
  }
}
