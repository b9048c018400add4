import { formatDuration, formatMs, formatRatio } from '../../core/report/format-figure.ts';
import type { DriftMeasure } from './schema.ts';

type Name = DriftMeasure['name'];

/** An interval that reaches further tells nothing: percent of the level per hour, and points per hour for success. */
const MOST_PER_HOUR = { level: 100, success: 10 } as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The name of a measure as people say it. */
export function measureName(name: Name): string {
  return name === 'environmentMemory' ? 'memory' : name;
}

/** What a measure was at the start of the run. */
export function levelText(name: Name, level: number): string {
  if (name === 'success') return formatRatio(level);
  return name === 'environmentMemory' ? `${Number(level.toPrecision(3))} MB` : formatMs(level);
}

/** A change per hour: "+3.4%", and "−0.02 points" for success. */
export function changeText(name: Name, perHour: number): string {
  const size = sizeText(name, perHour);
  const sign = Number.parseFloat(size) === 0 ? '' : perHour < 0 ? '−' : '+';
  return sign + size;
}

/** The same without its sign. */
export function sizeText(name: Name, perHour: number): string {
  const size = Math.abs(perHour);
  return name === 'success'
    ? `${Number(size.toFixed(size < 1 ? 3 : 1))} points`
    : `${Number(size.toFixed(size < 100 ? 1 : 0))}%`;
}

/** The slope of a measure, or null if its interval is so wide that the slope tells nothing. */
export function knownSlope({ name, perHour, interval }: DriftMeasure): number | null {
  const most = name === 'success' ? MOST_PER_HOUR.success : MOST_PER_HOUR.level;
  const isWide = interval === null || Math.max(...interval.map(Math.abs)) > most;
  return isWide ? null : perHour;
}

/** A time in hours, rounded up: to minutes, from one hour on to ten of them, from ten hours on to hours. */
export function neededText(hours: number): string {
  const stepMs = hours < 1 ? MINUTE_MS : hours < 10 ? 10 * MINUTE_MS : HOUR_MS;
  return formatDuration(Math.ceil((hours * HOUR_MS) / stepMs - 1e-9) * stepMs);
}

/** How long the load was, to the second. */
export function lengthText(hours: number): string {
  return formatDuration(Math.round(hours * 3600) * 1000);
}
