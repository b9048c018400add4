import { compareDuetRounds } from '../../lib/core/compare/compare-duet.ts';
import { testsOf } from '../../lib/core/compare/compare-runs.ts';
import { type CompareSettings, DEFAULT_SETTINGS } from '../../lib/core/compare/compare-settings.ts';
import type { ComparedRun } from '../../lib/core/compare/compared-run.ts';
import type { CompareVerdict } from '../../lib/core/compare/comparison.ts';
import { judgeMetrics } from '../../lib/core/compare/judge-metrics.ts';
import { newcombeTest, type Share } from '../../lib/core/compare/newcombe.ts';
import { modeOf, type Sides } from '../../lib/core/compare/sides.ts';
import { verdictOfMetrics } from '../../lib/core/compare/verdict-of-metrics.ts';
import type { LatencyMetric } from '../../lib/core/history/latency-metric.ts';
import { SimulatedTarget, type TargetShape } from './simulated-runs.ts';

/** Number of times that each verdict came. */
export type Verdicts = Readonly<Record<CompareVerdict, number>>;

export const MODES = [
  'pair without history',
  '1 v 1, history of 20',
  'candidate v history of 20',
  '3 v 3, history of 20',
  '5 v 5, history of 20',
  '5 v 5 without history',
] as const;
export type Mode = (typeof MODES)[number];

const HISTORY = 20;
const REPEATS = 5;

export interface CellOptions {
  readonly seed: number;
  readonly repeats: number;
  readonly shape?: Partial<TargetShape>;
  readonly slower?: number;
  readonly failureRatioB?: number;
  readonly settings?: CompareSettings;
}

/** Runs simulated comparisons in every mode; the modes of one repeat share their runs. */
export function runCell(options: CellOptions): Readonly<Record<Mode, Verdicts>> {
  const { settings = DEFAULT_SETTINGS } = options;
  const target = new SimulatedTarget(options.seed, options.shape);
  const counts = Object.fromEntries(MODES.map((mode) => [mode, noVerdicts()])) as Record<
    Mode,
    Record<CompareVerdict, number>
  >;
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const history = target.runs(HISTORY);
    const side = (changes: { slower?: number; failureRatio?: number }) => [
      target.run({ ...changes, withinNoise: true }),
      ...target.runs(REPEATS - 1, changes),
    ];
    const a = side({});
    const b = side({
      slower: options.slower ?? 0,
      ...(options.failureRatioB !== undefined && { failureRatio: options.failureRatioB }),
    });
    const sides: Readonly<Record<Mode, Sides>> = {
      'pair without history': { a: a.slice(0, 1), b: b.slice(0, 1), history: [] },
      '1 v 1, history of 20': { a: a.slice(0, 1), b: b.slice(0, 1), history },
      'candidate v history of 20': { a: [], b: b.slice(0, 1), history },
      '3 v 3, history of 20': { a: a.slice(0, 3), b: b.slice(0, 3), history },
      '5 v 5, history of 20': { a, b, history },
      '5 v 5 without history': { a, b, history: [] },
    };
    for (const mode of MODES) counts[mode][verdictOn(sides[mode], settings)] += 1;
  }
  return counts;
}

function verdictOn(sides: Sides, settings: CompareSettings): CompareVerdict {
  return verdictOfMetrics(judgeMetrics(testsOf(sides), modeOf(sides), settings));
}

export interface NightOptions extends CellOptions {
  readonly nights: number;
  /** Runs per night, including the candidate's. */
  readonly runsANight: number;
}

/** Simulates nights: compares the runs of one with those of the nights before it. */
export function nightCell(options: NightOptions): Verdicts {
  const { settings = DEFAULT_SETTINGS, slower = 0, nights, runsANight } = options;
  const target = new SimulatedTarget(options.seed, options.shape);
  const counts = noVerdicts();
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const history = Array.from({ length: nights }, () => target.night(runsANight)).flat();
    const b = target.night(runsANight, { slower, withinNoise: true });
    counts[verdictOn({ a: [], b, history }, settings)] += 1;
  }
  return counts;
}

export interface DuetOptions extends CellOptions {
  readonly rounds: number;
  /** Noise between blocks that the arms do not share: 0.01 for 1%. */
  readonly residual: number;
}

/** Simulates ab runs. */
export function duetCell(options: DuetOptions): Verdicts {
  const { settings = DEFAULT_SETTINGS, slower = 0, residual } = options;
  const target = new SimulatedTarget(options.seed, options.shape);
  const counts = noVerdicts();
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const rounds = Array.from({ length: options.rounds }, () => target.round(slower, residual));
    const levelsOf = (metric: LatencyMetric) => ({
      a: rounds.map(([a]) => a.levels[metric] as number),
      b: rounds.map(([, b]) => b.levels[metric] as number),
      tooFewOrders: false,
    });
    const levels = { p50: levelsOf('p50'), p95: levelsOf('p95'), p99: levelsOf('p99') };
    const blocks = (arm: 0 | 1) =>
      rounds.map((round) => ({
        trials: round[arm].success.offered,
        hits: round[arm].success.failures,
      }));
    const metrics = compareDuetRounds(levels, blocks(0), blocks(1), settings);
    counts[verdictOfMetrics(metrics)] += 1;
  }
  return counts;
}

export interface SuccessAlarms {
  /** The interval of one pair, without any other condition, excludes zero difference. */
  readonly interval: number;
  /** The success rate was judged as changed with the history, as one of the gated metrics. */
  readonly gated: number;
}

/** Counts false alarms of the success rate alone; both sides fail alike. */
export function successCell(options: CellOptions): SuccessAlarms {
  const { settings = DEFAULT_SETTINGS } = options;
  const target = new SimulatedTarget(options.seed, options.shape);
  let [interval, gated] = [0, 0];
  const shareOf = ({ success }: ComparedRun): Share => ({
    hits: success.offered - success.failures,
    trials: success.offered,
    overdispersion: success.overdispersion,
  });
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const history = target.runs(HISTORY);
    const [a, b] = [target.run({ withinNoise: true }), target.run({ withinNoise: true })];
    if (newcombeTest(shareOf(a), shareOf(b), 18).pValue <= settings.alpha) interval += 1;
    const sides = { a: [a], b: [b], history };
    const success = judgeMetrics(testsOf(sides), 'single', settings).find(
      ({ metric }) => metric === 'successRatio',
    );
    if (success?.verdict === 'regress' || success?.verdict === 'improve') gated += 1;
  }
  return { interval, gated };
}

function noVerdicts(): Record<CompareVerdict, number> {
  return { regress: 0, improve: 0, 'no-change': 0, inconclusive: 0, incomparable: 0 };
}
