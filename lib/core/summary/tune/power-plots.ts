import { formatMsLimit } from '../../text/format-limit.ts';
import type { LinePlot, PlotAxis, PlotInterval, PlotLine } from '../../text/line-plot.ts';
import type { Estimate } from '../../tune/schema/estimate-schema.ts';
import type { PowerResult, PowerSize } from '../../tune/schema/power-schema.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { chosenSize } from './power-summary.ts';

/** Colors of the processors, as CSS variables of the page. */
const COLORS = { x86: 'p50', arm: 'p95' } as const;

type Figure = (size: PowerSize) => Estimate | null;

/** Cost, duration and p95 over memory, with 95% intervals and the chosen size. */
export function powerPlots(
  power: PowerResult,
  method: TuneResult['subject']['method'],
): readonly LinePlot[] {
  const kind = power.onlyColdStarts ? 'cold' : 'warm';
  const slo =
    power.sloP95Ms === null
      ? []
      : [{ y: power.sloP95Ms, label: `SLO ${formatMsLimit(power.sloP95Ms)}` }];
  const plots = [
    plot(power, ({ costPerMillionUsd }) => costPerMillionUsd, {
      id: 'cost',
      title: 'Cost over memory',
      note: 'Dots were measured, bars are 95% intervals, and the line joins the dots. Memory is on a logarithmic scale.',
      summary: `Cost of a million ${kind} invocations at each size.`,
      y: { label: `cost of a million ${kind} invocations`, unit: 'usd' },
      levels: [],
    }),
    plot(power, ({ durationMs }) => durationMs, {
      id: 'duration',
      title: 'Duration over memory',
      note: `Means of ${kind} invocations, as Lambda reports them.`,
      summary: `Mean duration of a ${kind} invocation at each size.`,
      y: { label: 'duration', unit: 'ms' },
      levels: [],
    }),
    plot(power, ({ p95Ms }) => p95Ms, {
      id: 'p95',
      title: 'p95 over memory',
      note:
        method === 'load'
          ? 'Latency of orders at the client.'
          : `Durations of ${kind} invocations.`,
      summary: 'p95 at each size.',
      y: { label: 'p95', unit: 'ms' },
      levels: slo,
    }),
  ];
  return plots.filter(({ lines }) => lines.length > 0);
}

function plot(
  power: PowerResult,
  figure: Figure,
  texts: Pick<LinePlot, 'id' | 'title' | 'note' | 'summary' | 'levels'> & { readonly y: PlotAxis },
): LinePlot {
  const lines = (['x86', 'arm'] as const)
    .map((architecture) => lineOf(power.sizes, architecture, figure))
    .filter(({ points }) => points.length > 0);
  const chosen = chosenSize(power);
  const best = chosen === null ? null : figure(chosen);
  return {
    ...texts,
    x: { label: 'memory', unit: 'megabytes', isLog: true },
    lines,
    marks:
      chosen === null || best === null
        ? []
        : [
            {
              x: chosen.memoryMb,
              y: best.value,
              label: lines.length > 1 ? `best: ${chosen.architecture}` : 'best',
            },
          ],
  };
}

function lineOf(
  sizes: readonly PowerSize[],
  architecture: PowerSize['architecture'],
  figure: Figure,
): PlotLine {
  const known = sizes
    .filter((size) => size.architecture === architecture)
    .flatMap((size) => {
      const estimate = figure(size);
      return estimate === null ? [] : [{ x: size.memoryMb, estimate }];
    });
  return {
    name: architecture,
    color: COLORS[architecture],
    look: 'marked',
    points: known.map(({ x, estimate }) => [x, estimate.value] as const),
    intervals: known.flatMap(({ x, estimate: { low, high } }): PlotInterval[] =>
      low === null || high === null ? [] : [[x, low, high]],
    ),
  };
}
