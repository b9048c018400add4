import type { Slo } from '../load/load-plan.ts';
import { formatCount, formatRate } from '../report/format-figure.ts';
import type { JudgedStep } from '../report/schema/judged-step-schema.ts';
import { formatMsLimit, formatRatioLimit } from '../text/format-limit.ts';
import type { LinePlot, PlotLine } from '../text/line-plot.ts';

/** p95 and success of every judged step over its rate, with the SLO. None for fewer than two steps. */
export function stepPlots(steps: readonly JudgedStep[], slo: Slo): readonly LinePlot[] {
  if (steps.length < 2) return [];
  const x = { label: 'Rate', unit: 'perSecond', isLog: true } as const;
  return [
    {
      id: 'step-p95',
      title: 'p95 latency by rate',
      note: 'Each point is a step; one above the line missed the SLO by its latency.',
      summary: `p95 latency of ${summaryOf(steps)}.`,
      x,
      y: { label: 'p95', unit: 'ms', isLog: true },
      lines: linesOf(steps, ({ p95Ms }) => p95Ms),
      levels: [{ y: slo.p95Ms, label: `SLO of p95: ${formatMsLimit(slo.p95Ms)}` }],
    },
    {
      id: 'step-success',
      title: 'Success by rate',
      note: 'A point below the line missed the SLO by orders that were not stored.',
      summary: `Success of ${summaryOf(steps)}.`,
      x,
      y: { label: 'Success', unit: 'ratio' },
      lines: linesOf(steps, ({ successRatio }) => successRatio),
      levels: [
        { y: slo.successRatio, label: `SLO of success: ${formatRatioLimit(slo.successRatio)}` },
      ],
    },
  ];
}

/** One line for each kind of result, so that it is named and not told by color alone. */
function linesOf(
  steps: readonly JudgedStep[],
  figureOf: (step: JudgedStep) => number | null,
): readonly PlotLine[] {
  const kinds = [
    { name: 'held', color: 'good', applies: ({ ok }: JudgedStep) => ok },
    {
      name: 'missed',
      color: 'bad',
      applies: ({ ok, limit }: JudgedStep) => !ok && limit !== 'generator',
    },
    {
      name: 'not known',
      color: 'open',
      applies: ({ ok, limit }: JudgedStep) => !ok && limit === 'generator',
    },
  ];
  return kinds
    .map(({ name, color, applies }) => ({
      name,
      color,
      look: 'points' as const,
      points: steps.filter(applies).flatMap((step) => {
        const value = figureOf(step);
        return value === null ? [] : [[step.ratePerSecond, value] as const];
      }),
    }))
    .filter(({ points }) => points.length > 0);
}

function summaryOf(steps: readonly JudgedStep[]): string {
  const rates = steps.map(({ ratePerSecond }) => ratePerSecond);
  const held = steps.filter(({ ok }) => ok).length;
  return `${formatCount(steps.length, 'step')} from ${formatRate(Math.min(...rates))} to ${formatRate(Math.max(...rates))}; ${held} held`;
}
