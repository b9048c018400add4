import { mean, quantileSorted, sampleVariance } from 'simple-statistics';
import { lambdaCostUsd } from '../../cost/lambda-cost.ts';
import type { TimedReport } from '../../lambda/platform-control.ts';
import { Z_95 } from '../../statistics/z-95.ts';
import type { MeasuredRound } from '../measured-round.ts';
import type { PowerCell, PowerMeasurement } from './power-cell.ts';
import type { PowerSettings } from './power-settings.ts';
import { trimmedMean } from './trimmed-mean.ts';

/** A figure of one round, and the variance of its logarithm as far as this round alone shows it. */
export interface RoundFigure {
  readonly value: number;
  readonly logVariance: number;
}

/** What one round that counts says about one size. Durations of cold starts are those of INIT and handler together. */
export interface SizeRound {
  readonly round: number;
  /** Invocations that succeeded, without and with INIT. */
  readonly warm: readonly TimedReport[];
  readonly cold: readonly TimedReport[];
  readonly failed: readonly TimedReport[];
  readonly measurement: PowerMeasurement;
  /** Null without an invocation of the kind that is judged: warm, or cold if only those are. */
  readonly figures: RoundFigures | null;
}

/** Figures of the invocations that are judged: warm, or cold if only those are. */
export interface RoundFigures {
  readonly durationMs: RoundFigure;
  readonly billedMs: RoundFigure;
  readonly costPerMillionUsd: RoundFigure;
  readonly p95Ms: RoundFigure | null;
  readonly p99Ms: RoundFigure | null;
}

type RoundSettings = Pick<
  PowerSettings,
  'discardTopBottom' | 'onlyColdStarts' | 'provisionedConcurrency'
>;

/** The figures of one size in one round. */
export function sizeRound(
  { cell, round, measurement }: MeasuredRound<PowerCell, PowerMeasurement>,
  settings: RoundSettings,
): SizeRound {
  const succeeded = measurement.reports.filter(({ status }) => isSuccess(status));
  const warm = succeeded.filter(({ initMs }) => initMs === null);
  const cold = succeeded.filter(({ initMs }) => initMs !== null);
  return {
    round,
    warm,
    cold,
    failed: measurement.reports.filter(({ status }) => !isSuccess(status)),
    measurement,
    figures: roundFigures(cell, settings.onlyColdStarts ? cold : warm, measurement, settings),
  };
}

/** Duration of an invocation with its INIT, in ms. */
export function wholeDurationMs({ durationMs, initMs }: TimedReport): number {
  return durationMs + (initMs ?? 0);
}

/** In the text format a report has no status unless the runtime failed or the time was up. */
function isSuccess(status: string | null): boolean {
  return status === null || status === 'success';
}

function roundFigures(
  cell: PowerCell,
  judged: readonly TimedReport[],
  { load, reports }: PowerMeasurement,
  settings: RoundSettings,
): RoundFigures | null {
  if (judged.length === 0) return null;
  const durations = judged.map(wholeDurationMs);
  const trimmed = trimmedMean(durations, settings.onlyColdStarts ? 0 : settings.discardTopBottom);
  const billed = judged.map(({ billedMs }) => billedMs);
  const billedMs = mean(billed);
  const billedVariance = billed.length > 1 ? sampleVariance(billed) / billed.length : 0;
  const costPerMillionUsd = costOfMillion(cell, billedMs, reports, settings);
  const costOfBilled = costPerMillionUsd - costOfMillion(cell, 0, reports, settings);
  const sorted = durations.toSorted((a, b) => a - b);
  const quantileFigure = (q: number, atClient: number | null | undefined) => {
    const own = quantileSorted(sorted, q);
    const value = load === null ? own : (atClient ?? null);
    return value === null ? null : { value, logVariance: quantileLogVariance(sorted, q) };
  };
  return {
    durationMs: {
      value: trimmed.mean,
      logVariance: (trimmed.variance ?? 0) / trimmed.mean ** 2,
    },
    billedMs: { value: billedMs, logVariance: billedVariance / billedMs ** 2 },
    costPerMillionUsd: {
      value: costPerMillionUsd,
      logVariance: (billedVariance / billedMs ** 2) * (costOfBilled / costPerMillionUsd) ** 2,
    },
    p95Ms: quantileFigure(0.95, load?.p95Ms),
    p99Ms: quantileFigure(0.99, load?.p99Ms),
  };
}

/**
 * Cost of a million invocations with this billed time, in USD. If environments are kept provisioned, every invocation
 * runs in one, and each bears its share of keeping them at the arrival rate of the round.
 */
function costOfMillion(
  { memoryMb, architecture }: PowerCell,
  billedMs: number,
  reports: readonly TimedReport[],
  { onlyColdStarts, provisionedConcurrency }: RoundSettings,
): number {
  const invocations = 1e6;
  const gbSeconds = (ms: number) => (invocations * ms * memoryMb) / 1024 / 1000;
  if (!provisionedConcurrency || onlyColdStarts) {
    return lambdaCostUsd({ invocations, gbSeconds: gbSeconds(billedMs), architecture });
  }
  return lambdaCostUsd({
    invocations,
    gbSeconds: 0,
    architecture,
    provisioned: {
      keptGbSeconds: gbSeconds(provisionedConcurrency * betweenInvocationsMs(reports)),
      busyGbSeconds: gbSeconds(billedMs),
    },
  });
}

/** Mean time from one invocation to the next. */
function betweenInvocationsMs(reports: readonly TimedReport[]): number {
  if (reports.length < 2) return 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { atMs } of reports) {
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
  }
  return (last - first) / (reports.length - 1);
}

/**
 * Variance of the logarithm of a quantile, from the distance of the two order statistics at the ends of its 95%
 * interval (normal approximation of the binomial ranks: W. J. Conover, Practical Nonparametric Statistics, 3rd edition,
 * section 3.2).
 */
function quantileLogVariance(sorted: readonly number[], q: number): number {
  const n = sorted.length;
  const half = Z_95 * Math.sqrt(n * q * (1 - q));
  const at = (rank: number) => sorted[Math.min(n, Math.max(1, rank)) - 1] as number;
  const low = at(Math.floor(n * q - half));
  const high = at(Math.ceil(n * q + half));
  return low > 0 ? (Math.log(high / low) / (2 * Z_95)) ** 2 : 0;
}
