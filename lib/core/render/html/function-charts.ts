import { countOf } from '../../histogram/count.ts';
import { meanOf } from '../../histogram/mean.ts';
import { groupDigits } from '../../report/format-figure.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { plotFigure } from '../plot-figure.ts';
import { highest, known, type Levels, peakSeries, rounded, type TimeChart } from './time-chart.ts';

/** Orders in flight, and what is known of the function's environments and cold starts. */
export function concurrencyChart({ windows }: Report): TimeChart {
  const counted = known(windows.map(({ inFlight }) => inFlight ?? null));
  const inFlight = counted ?? windows.map(derivedInFlight);
  const environments = known(windows.map(({ platform }) => platform?.concurrency ?? null));
  // As counted by the platform, or else by the client.
  const cold =
    known(windows.map(({ platform }) => platform?.coldStarts ?? null)) ??
    known(windows.map(({ coldStarts }) => coldStarts ?? null));
  const coldTotal = (cold ?? []).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const measure =
    counted === null
      ? 'Stored orders in flight by Little’s law (their rate × their mean latency)'
      : 'Most orders in flight at once';
  return {
    id: 'concurrency',
    title: cold === null ? 'Concurrency' : 'Concurrency and cold starts',
    note: `${measure}${environments === null ? '' : ', and function environments in use'}${cold === null ? '.' : '; bars are the cold starts of each window.'}`,
    summary: `Most orders in flight: ${plotFigure('count', highest(inFlight))}.`,
    unit: 'count',
    series: [
      ...(cold === null
        ? []
        : [
            {
              name: 'Cold starts',
              color: 'cold',
              look: 'bars' as const,
              values: cold,
              overall: `${groupDigits(coldTotal)} in total`,
            },
          ]),
      ...(environments === null
        ? []
        : [peakSeries('Environments', 'count', { color: 'p95', look: 'line' }, environments)]),
      peakSeries('In flight', 'count', { color: 'offered', look: 'line' }, inFlight),
    ],
  };
}

function derivedInFlight({ success, lengthMs }: Report['windows'][number]): number | null {
  const meanMs = meanOf(success);
  return meanMs === null ? null : rounded((countOf(success) * meanMs) / lengthMs);
}

/** A chart of less change than this says no more than its highest value does. */
const DRAWN_CHANGE = 0.05;

/** Memory of the function: null if it is unknown or hardly changes. */
export function memoryChart(report: Report): TimeChart | null {
  const levels = memoryLevels(report);
  if (levels === null || isSteady(levels)) return null;
  return {
    id: 'memory',
    title: 'Memory of the function',
    note: 'Most memory used by any environment of the function.',
    summary: `At most ${plotFigure('megabytes', highest(levels))}.`,
    unit: 'megabytes',
    series: [peakSeries('Memory', 'megabytes', { color: 'offered', look: 'line' }, levels)],
  };
}

/** Memory of the function as a sentence, if it hardly changes. */
export function steadyMemoryText(report: Report): string | null {
  const levels = memoryLevels(report);
  if (levels === null || !isSteady(levels)) return null;
  return `Memory of the function: ${plotFigure('megabytes', highest(levels))} from the first window to the last.`;
}

function memoryLevels({ windows }: Report): Levels | null {
  return known(windows.map(({ environmentMemoryMb }) => environmentMemoryMb ?? null));
}

function isSteady(levels: Levels): boolean {
  const values = levels.filter((level) => level !== null);
  return Math.max(...values) - Math.min(...values) <= Math.max(...values) * DRAWN_CHANGE;
}
