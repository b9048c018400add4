import type { InvocationReport } from '../../lambda/parse-report-line.ts';
import type { Strategy } from '../schema/power-schema.ts';
import type { PowerCell } from './power-cell.ts';
import { powerTuningPrice, stateMachinePrice } from './power-tuning-prices.ts';
import { powerTuningUrl } from './power-tuning-url.ts';
import { trimmedMean } from './trimmed-mean.ts';

/** What aws-lambda-power-tuning computes for one size. The names of its fields are its own. */
export interface PowerTuningStats {
  /** Memory in MB. */
  readonly value: number;
  /** Of one invocation, in the currency of the region. */
  readonly averagePrice: number;
  /** In ms, with INIT. */
  readonly averageDuration: number;
  /** Of all invocations. */
  readonly totalCost: number;
}

/** The output of aws-lambda-power-tuning. As JSON text it is the same to the byte. */
export interface PowerTuningOutput {
  readonly power: number;
  readonly cost: number;
  readonly duration: number;
  readonly stateMachine: {
    readonly executionCost: number;
    readonly lambdaCost: number;
    readonly visualization: string;
  };
  readonly stats?: readonly Omit<PowerTuningStats, 'totalCost'>[];
}

export interface PowerTuningOptions {
  readonly strategy: Strategy;
  readonly balancedWeight: number;
  readonly discardTopBottom: number;
  readonly onlyColdStarts: boolean;
  /** Calls of each size. */
  readonly num: number;
  /** AWS region, or null for its default prices. */
  readonly region: string | null;
  readonly includeOutputResults: boolean;
}

/**
 * The figures of one size by the arithmetic of aws-lambda-power-tuning: INIT and handler together, the mean without the
 * share at each end that is discarded (none of cold starts), the billed time treated alike and then rounded up.
 *
 * @throws RangeError without reports.
 */
export function powerTuningStats(
  { memoryMb, architecture }: PowerCell,
  reports: readonly InvocationReport[],
  options: Pick<PowerTuningOptions, 'discardTopBottom' | 'onlyColdStarts' | 'region'>,
): PowerTuningStats {
  const discard = options.onlyColdStarts ? 0 : options.discardTopBottom;
  const price = (billedMs: number) =>
    powerTuningPrice(billedMs, memoryMb, architecture, options.region);
  const durations = reports.map(({ durationMs, initMs }) => durationMs + (initMs ?? 0));
  const billed = reports.map(({ billedMs }) => billedMs);
  return {
    value: memoryMb,
    averagePrice: price(trimmedMean(billed, discard).mean),
    averageDuration: trimmedMean(durations, discard).mean,
    // Upstream adds up sorted times, which decides the last digit.
    totalCost: billed.toSorted((a, b) => a - b).reduce((sum, ms) => sum + price(ms), 0),
  };
}

/**
 * The output that aws-lambda-power-tuning gives for these figures, in the order in which the sizes were asked for.
 *
 * @throws RangeError without sizes.
 */
export function powerTuningOutput(
  stats: readonly PowerTuningStats[],
  options: Omit<PowerTuningOptions, 'discardTopBottom'>,
): PowerTuningOutput {
  const ranked = rankedSizes(stats, options);
  const [best] = ranked;
  if (best === undefined) throw new RangeError('An output needs at least one size.');
  return {
    power: best.value,
    cost: best.averagePrice,
    duration: best.averageDuration,
    stateMachine: {
      executionCost: stateMachinePrice(
        stats.length,
        options.num,
        options.onlyColdStarts,
        options.region,
      ),
      // In the order of the ranking, for the same reason.
      lambdaCost: ranked.reduce((sum, { totalCost }) => sum + totalCost, 0),
      visualization: powerTuningUrl(stats, options.region),
    },
    ...(options.includeOutputResults && {
      stats: stats.map(({ value, averagePrice, averageDuration }) => ({
        value,
        averagePrice,
        averageDuration,
      })),
    }),
  };
}

/** Best first. Of sizes with the same cost the faster is better, of those as fast the cheaper. */
function rankedSizes(
  stats: readonly PowerTuningStats[],
  { strategy, balancedWeight }: Pick<PowerTuningOptions, 'strategy' | 'balancedWeight'>,
): PowerTuningStats[] {
  const byCost = (a: PowerTuningStats, b: PowerTuningStats) => a.averagePrice - b.averagePrice;
  const bySpeed = (a: PowerTuningStats, b: PowerTuningStats) =>
    a.averageDuration - b.averageDuration;
  if (strategy === 'cost') return stats.toSorted((a, b) => byCost(a, b) || bySpeed(a, b));
  if (strategy === 'speed') return stats.toSorted((a, b) => bySpeed(a, b) || byCost(a, b));
  const maxCost = Math.max(...stats.map(({ averagePrice }) => averagePrice));
  const maxDuration = Math.max(...stats.map(({ averageDuration }) => averageDuration));
  const value = ({ averagePrice, averageDuration }: PowerTuningStats) =>
    (balancedWeight * averagePrice) / maxCost +
    ((1 - balancedWeight) * averageDuration) / maxDuration;
  return stats.toSorted((a, b) => value(a) - value(b));
}
