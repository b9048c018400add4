import {
  type Calibration,
  FORETOLD_RUNS,
  type MetricCalibration,
} from '../../compare/calibration.ts';
import { metricList, metricName, size } from '../../compare/metric-words.ts';
import { formatCount } from '../../report/format-figure.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { Headline, TextTable } from '../../text/statement.ts';
import { FLOOR_RUNS } from '../../trend/night-noise.ts';

/** What a calibration says. No text is escaped. */
export interface CalibrationSummary {
  readonly headline: Headline;
  /** The noise of each metric, and the changes that it hides. */
  readonly table: TextTable;
  readonly notes: readonly string[];
}

/** The number of runs per side that the headline speaks of. */
const USUAL = FORETOLD_RUNS.indexOf(5);

/** @param dir folder of the history that the calibration has written. */
export function calibrationSummary(calibration: Calibration, dir: string): CalibrationSummary {
  const { metrics } = calibration;
  const unknown = metrics.filter(({ sd }) => sd === null);
  return {
    headline: {
      ...outcomeOf(calibration),
      others: [],
      next: [
        {
          text: 'Compare A and B, two runs or folders of runs, with this noise',
          command: `npm run compare -- A B --history ${shellWord(dir)}`,
        },
      ],
    },
    table: {
      caption: 'Smallest change that is found 4 times in 5, by runs per side',
      columns: [
        { head: 'metric' },
        { head: 'from run to run', isNumber: true },
        ...FORETOLD_RUNS.map((runs) => ({
          head: formatCount(runs, 'run'),
          isNumber: true as const,
        })),
      ],
      rows: metrics.map(metricRow),
    },
    notes: [
      ...(unknown.length === 0
        ? []
        : [
            `${metricList(unknown)}: not known, because fewer than ${FLOOR_RUNS.least} runs at one level had enough orders.`,
          ]),
      falseAlarmText(calibration),
    ],
  };
}

function outcomeOf({ runs, metrics }: Calibration): Pick<Headline, 'tone' | 'word' | 'reason'> {
  const known = metrics.filter(({ sd, smallest }) => sd !== null && smallest !== null);
  const lead = known.find(({ metric }) => metric === 'p95') ?? known[0];
  if (lead === undefined) {
    return {
      tone: 'open',
      word: 'Not measured',
      reason: `${formatCount(runs, 'run')} of the same target had too few orders to show how much they differ.`,
    };
  }
  const { metric, sd, smallest } = lead;
  return {
    tone: 'measured',
    word: 'Measured',
    reason: `${metricName(metric)} differs by ±${size(metric, sd ?? 0)} from run to run (${formatCount(runs, 'run')} of the same target): five runs per side find a change of ${size(metric, smallest?.[USUAL] ?? 0)}.`,
  };
}

function metricRow({ metric, sd, smallest }: MetricCalibration): string[] {
  return [
    metricName(metric),
    sd === null ? '–' : `±${size(metric, sd)}`,
    ...FORETOLD_RUNS.map((_, at) => {
      const effect = smallest?.[at];
      return effect === undefined ? '–' : size(metric, effect);
    }),
  ];
}

function falseAlarmText({ pairs, falseAlarms }: Calibration): string {
  const judged = pairs.filter((verdict) => verdict !== 'inconclusive').length;
  const called = falseAlarms === 0 ? 'None' : String(falseAlarms);
  return `${called} of the ${formatCount(pairs.length, 'pair')} ${falseAlarms === 1 || falseAlarms === 0 ? 'was' : 'were'} called changed, though nothing was; ${judged} got a verdict. Each pair was judged with all other runs as its history.`;
}
