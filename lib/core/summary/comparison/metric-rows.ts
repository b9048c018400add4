import type { Comparison, MetricComparison } from '../../compare/comparison.ts';
import {
  change,
  changeInterval,
  hidesTenfold,
  level,
  levelText,
  metricName,
  size,
} from '../../compare/metric-words.ts';
import { groupDigits } from '../../report/format-figure.ts';
import type { Cell, TextTable, Tone } from '../../text/statement.ts';
import { type ForestMark, forestMarks } from './forest-marks.ts';

/** A metric of both sides, as texts; a dash where there is no figure. */
export interface MetricRow {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  readonly change: string;
  /** 95% confidence interval of the change. */
  readonly interval: string;
  readonly verdict: { readonly text: string; readonly tone: Tone };
  /** Where change and interval lie on the axis that all rows share; null without a change. */
  readonly mark: ForestMark | null;
}

const NONE = '–';

const VERDICTS: Readonly<Record<MetricComparison['verdict'], MetricRow['verdict']>> = {
  regress: { text: 'worse', tone: 'bad' },
  improve: { text: 'better', tone: 'good' },
  'no-change': { text: 'no change', tone: 'good' },
  inconclusive: { text: 'can’t say', tone: 'open' },
  incomparable: { text: 'not comparable', tone: 'open' },
};

export function metricRows({ metrics, settings }: Comparison): readonly MetricRow[] {
  const marks = forestMarks(metrics, settings);
  return metrics.map((compared, at) => {
    const { metric, a, b, effect, interval, verdict, gated } = compared;
    return {
      name: metricName(metric),
      a: level(metric, a),
      b: level(metric, b),
      change: effect === null ? NONE : change(metric, effect),
      interval: interval === null ? NONE : changeInterval(metric, interval),
      verdict: gated ? VERDICTS[verdict] : { text: 'not judged', tone: 'open' },
      mark: marks[at] ?? null,
    };
  });
}

export function metricTable(rows: readonly MetricRow[]): TextTable {
  return {
    caption: 'B compared with A',
    columns: [
      { head: 'metric' },
      { head: 'A', isNumber: true },
      { head: 'B', isNumber: true },
      { head: 'change', isNumber: true },
      { head: '95% interval' },
      { head: 'verdict' },
    ],
    rows: rows.map((row): Cell[] => [
      row.name,
      row.a,
      row.b,
      row.change,
      row.interval,
      row.verdict,
    ]),
  };
}

/** The test behind each verdict: the interval that decided, and what would have been found. */
export function statisticsTable({ metrics, mode }: Comparison): TextTable {
  return {
    caption: 'What decided each verdict',
    columns: [
      { head: 'metric' },
      { head: 'deciding interval' },
      { head: 'p (Holm)', isNumber: true },
      { head: 'change found 4 times in 5', isNumber: true },
      { head: mode === 'duet' ? 'rounds needed' : 'runs needed per side', isNumber: true },
    ],
    rows: metrics.map((compared) => {
      const { metric, decisive, adjustedPValue, runsNeeded } = compared;
      return [
        metricName(metric),
        decisive === null
          ? NONE
          : `${changeInterval(metric, decisive.interval)} (${levelText(decisive.level)})`,
        adjustedPValue === null ? NONE : pText(adjustedPValue),
        foundText(compared),
        runsNeeded === null ? NONE : groupDigits(runsNeeded),
      ];
    }),
  };
}

function foundText(compared: MetricComparison): string {
  const { metric, smallestDetectable } = compared;
  if (smallestDetectable === null) return NONE;
  return hidesTenfold(compared) ? 'no tenfold change' : size(metric, smallestDetectable);
}

function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
