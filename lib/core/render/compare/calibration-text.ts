import {
  type Calibration,
  FORETOLD_RUNS,
  type MetricCalibration,
} from '../../compare/calibration.ts';
import { change, metricName } from '../../compare/metric-sentence.ts';
import { formatCount } from '../../report/format-figure.ts';
import { FLOOR_RUNS } from '../../trend/night-noise.ts';

/** The result of a calibration, for the terminal. */
export function calibrationText(
  { runs, pairs, falseAlarms, metrics }: Calibration,
  dir: string,
): string {
  const judged = pairs.filter((verdict) => verdict !== 'inconclusive').length;
  const columns = FORETOLD_RUNS.map((count) => formatCount(count, 'run').padStart(12)).join('');
  return `${[
    `Noise of ${formatCount(runs, 'run')} of the same target`,
    `  ${'metric'.padEnd(10)}${'from run to run'.padStart(16)}   smallest change detected 4 times in 5, by runs per side`,
    `  ${''.padEnd(26)}${columns}`,
    ...metrics.map(metricLine),
    `False alarms: ${falseAlarms} of ${formatCount(pairs.length, 'pair')} (${judged} decided), each judged with all other runs as its history`,
    '',
    `Compare with it: npm run compare -- A B --history ${dir}`,
  ].join('\n')}\n`;
}

function metricLine({ metric, sd, smallest }: MetricCalibration): string {
  const name = metricName(metric).padEnd(10);
  if (sd === null || smallest === null) {
    return `  ${name}not known: fewer than ${FLOOR_RUNS.least} runs at one level with enough orders for it`;
  }
  const figures = smallest.map((effect) => change(metric, effect).slice(1).padStart(12)).join('');
  return `  ${name}${`± ${change(metric, sd).slice(1)}`.padStart(16)}${figures}`;
}
