import { mean, median, sum } from 'simple-statistics';
import {
  leastSquares,
  type TrendLine,
  type TrendPoint,
  theilSen,
} from '../../core/judge/trend-line.ts';
import { servedOf } from '../../core/report/outcome-counts.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Found } from '../question.ts';
import { driftSentence } from './drift-sentence.ts';
import {
  type DriftSeries,
  latencySeries,
  loadedWindows,
  memorySeries,
  offeredOf,
  successSeries,
} from './drift-series.ts';
import { changeText, neededText } from './measure-words.ts';
import type { Drift, DriftMeasure } from './schema.ts';
import { suddenShift } from './sudden-shift.ts';

/** In percent of the starting level per hour; for success in percentage points per hour. */
export const DRIFT_TOLERANCE = { level: 3, success: 0.1 } as const;
/** With fewer points no slope is computed. */
const MIN_POINTS = 12;
const HOUR_MS = 3_600_000;

/** Whether the target degraded during `soak`. It never fails the run: only the SLO does. */
export function answerSoak(report: Report): Found<Drift> {
  const hours = report.load.loadedMs / HOUR_MS;
  const isInvalid = report.run.verdict === 'invalid';
  const measures = [
    levelMeasure('p50', latencySeries(report, 0.5), hours),
    levelMeasure('p95', latencySeries(report, 0.95), hours),
    levelMeasure('p99', latencySeries(report, 0.99), hours),
    successMeasure(report, hours),
    levelMeasure('environmentMemory', memorySeries(report), hours),
  ];
  const drift = {
    hours,
    measures,
    status: isInvalid ? 'notDetermined' : statusOf(measures),
  } as const;
  const why = isInvalid ? 'Not known, because the run is invalid.' : driftSentence(drift);
  return { answer: { ...drift, why }, findings: [] };
}

function statusOf(measures: readonly DriftMeasure[]): Drift['status'] {
  const statuses = measures.map(({ status }) => status).filter((status) => status !== 'absent');
  if (statuses.includes('drifting')) return 'drifting';
  return statuses.length > 0 && statuses.every((status) => status === 'flat')
    ? 'flat'
    : 'notDetermined';
}

type Name = DriftMeasure['name'];

function levelMeasure(name: Name, series: DriftSeries, hours: number): DriftMeasure {
  const { points } = series;
  const tolerance = DRIFT_TOLERANCE.level;
  if (points.length < MIN_POINTS) return tooFew(name, tolerance, series);
  const line = theilSen(points);
  const levelAt = (slope: number) => median(points.map(({ x, y }) => y - slope * x));
  const percent = (slope: number) => (slope / levelAt(slope)) * 100;
  const steepest = Math.min(levelAt(line.interval[0]), levelAt(line.interval[1]));
  if (steepest <= 0) return tooSteep(name, points, line, hours);
  const shift = suddenShift(points, line, levelAt(line.slope), (tolerance / 100) * hours);
  return judged(name, tolerance, hours, {
    line,
    points: points.length,
    startLevel: levelAt(line.slope),
    perHour: percent(line.slope),
    interval: [percent(line.interval[0]), percent(line.interval[1])],
    shift,
  });
}

function successMeasure(report: Report, hours: number): DriftMeasure {
  const series = successSeries(report);
  const { points } = series;
  const tolerance = DRIFT_TOLERANCE.success;
  if (points.length < MIN_POINTS) return tooFew('success', tolerance, series);
  const windows = loadedWindows(report).filter((window) => offeredOf(window) > 0);
  const offered = sum(windows.map(offeredOf));
  const served = sum(windows.map(({ outcomes }) => servedOf(outcomes)));
  // Agresti and Coull's two successes and two failures: even a ratio of 1 so far has some variance.
  const share = (served + 2) / (offered + 4);
  const line = leastSquares(points, (share * (1 - share)) / mean(windows.map(offeredOf)));
  return judged('success', tolerance, hours, {
    line,
    points: points.length,
    startLevel: mean(points.map(({ x, y }) => y - line.slope * x)),
    perHour: line.slope * 100,
    interval: [line.interval[0] * 100, line.interval[1] * 100],
    shift: null,
  });
}

interface Estimate {
  readonly line: TrendLine;
  readonly points: number;
  readonly startLevel: number;
  readonly perHour: number;
  readonly interval: readonly [number, number];
  /** A change that no straight line describes, in words, or null. */
  readonly shift: string | null;
}

function judged(name: Name, tolerance: number, hours: number, found: Estimate): DriftMeasure {
  const { line, perHour, interval, shift, points, startLevel } = found;
  const [low, high] = interval;
  const isInside = low >= -tolerance && high <= tolerance;
  const isOffZero = low > 0 || high < 0;
  const [change, from, to] = [perHour, low, high].map((value) => changeText(name, value));
  const figures = `${change} per hour (95% interval ${from} to ${to})`;
  const common = {
    name,
    perHour,
    interval,
    tolerance,
    startLevel,
    points,
    autocorrelation: line.autocorrelation,
    hoursNeeded: null,
  };
  if (shift !== null) {
    return { ...common, status: 'notDetermined', why: `Not known: ${shift}.` };
  }
  if (isInside) return { ...common, status: 'flat', why: `No drift: ${figures}.` };
  if (isOffZero) return { ...common, status: 'drifting', why: `Drifting: ${figures}.` };
  // The half width shrinks with the length of the soak to the power of 3/2. At half the tolerance it separates a
  // flat target from one that drifts by more than one and a half times the tolerance.
  const hoursNeeded = hours * ((high - low) / tolerance) ** (2 / 3);
  return {
    ...common,
    status: 'notDetermined',
    hoursNeeded: Math.max(hoursNeeded, hours),
    why: tooShort(Math.max(hoursNeeded, hours)),
  };
}

/**
 * With the slope at one end of its interval, the line would start below zero, so there is no level to express it as a
 * percentage of. This happens in short soaks, where an hour is far beyond what was observed. The direction can be
 * certain nevertheless.
 */
function tooSteep(
  name: Name,
  points: readonly TrendPoint[],
  line: TrendLine,
  hours: number,
): DriftMeasure {
  const tolerance = DRIFT_TOLERANCE.level;
  const [low, high] = line.interval;
  const middle = median(points.map(({ y }) => y));
  const base = {
    name,
    tolerance,
    perHour: null,
    interval: null,
    startLevel: null,
    points: points.length,
    autocorrelation: line.autocorrelation,
  };
  if (low > 0 || high < 0) {
    return {
      ...base,
      status: 'drifting',
      hoursNeeded: null,
      why: `Drifting ${low > 0 ? 'upwards' : 'downwards'}, how fast is not known.`,
    };
  }
  const hoursNeeded = hours * (((high - low) / middle / tolerance) * 100) ** (2 / 3);
  return {
    ...base,
    status: 'notDetermined',
    hoursNeeded,
    why: tooShort(hoursNeeded),
  };
}

function tooFew(name: Name, tolerance: number, { points, pointHours }: DriftSeries): DriftMeasure {
  const empty = { perHour: null, interval: null, startLevel: null, autocorrelation: null };
  const base = { name, tolerance, points: points.length, ...empty };
  if (pointHours === 0) {
    const why =
      name === 'environmentMemory'
        ? 'Not known: the memory of the environments was not read from the platform.'
        : 'Not known: there were no orders to measure it.';
    return { ...base, status: 'absent', hoursNeeded: null, why };
  }
  const hoursNeeded = MIN_POINTS * pointHours;
  return {
    ...base,
    status: 'notDetermined',
    hoursNeeded,
    why: `Too few orders for a slope: it takes at least ${neededText(hoursNeeded)} at this rate.`,
  };
}

function tooShort(hoursNeeded: number): string {
  return `Too short: a soak of about ${neededText(hoursNeeded)} at this rate would tell.`;
}
