import type { Cell, TextTable, Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import {
  changeText,
  knownSlope,
  lengthText,
  levelText,
  measureName,
  neededText,
  sizeText,
} from './measure-words.ts';
import type { Drift, DriftMeasure } from './schema.ts';

/** Whether the target degraded, in words, with one row for each measure. */
export function driftText(drift: Drift): AnswerText {
  const jumped = drift.measures.filter(
    ({ status, hoursNeeded }) => status === 'notDetermined' && hoursNeeded === null,
  );
  return {
    question: 'Does it degrade over time?',
    lines: [drift.why, ...jumped.map(({ name, why }) => `${measureName(name)}: ${why}`)],
    tile: tileOf(drift),
    tables: [measureTable(drift.measures)],
  };
}

function tileOf({ status, hours, measures }: Drift): Tile {
  const note = `over ${lengthText(hours)}`;
  if (status === 'flat') return { label: 'Drift', value: 'none', note };
  if (status === 'notDetermined') return { label: 'Drift', value: 'not known', note };
  const excess = (measure: DriftMeasure) => Math.abs(knownSlope(measure) ?? 0) / measure.tolerance;
  const [most] = measures
    .filter((one) => one.status === 'drifting')
    .sort((a, b) => excess(b) - excess(a));
  if (most === undefined) return { label: 'Drift', value: 'not known', note };
  const label = `Drift of ${measureName(most.name)}`;
  const perHour = knownSlope(most);
  if (perHour === null) return { label, value: 'yes', note: `how fast is not known, ${note}` };
  const value = `${changeText(most.name, perHour)} per hour`;
  return { label, value, note: `95% interval ${intervalText(most)}, ${note}` };
}

function measureTable(measures: readonly DriftMeasure[]): TextTable {
  return {
    caption: 'Change over time',
    columns: [
      { head: 'Measure' },
      { head: 'At the start', isNumber: true },
      { head: 'Change per hour', isNumber: true },
      { head: '95% interval', isNumber: true },
      { head: 'Tolerated', isNumber: true, isMinor: true },
      { head: 'Result' },
    ],
    rows: measures.map((measure) => {
      const { name, startLevel, tolerance } = measure;
      const perHour = knownSlope(measure);
      return [
        measureName(name),
        startLevel === null ? '–' : levelText(name, startLevel),
        perHour === null ? '–' : changeText(name, perHour),
        perHour === null ? '–' : intervalText(measure),
        `±${sizeText(name, tolerance)}`,
        resultOf(measure),
      ];
    }),
  };
}

function intervalText({ name, interval }: DriftMeasure): string {
  const ends = interval?.map((end) => changeText(name, end)) ?? ['–'];
  return ends.join(' to ').replace(' points to ', ' to ');
}

function resultOf({ name, status, hoursNeeded }: DriftMeasure): Cell {
  switch (status) {
    case 'flat':
      return { text: 'no drift', tone: 'good' };
    case 'drifting':
      return { text: 'drifts', tone: 'bad' };
    case 'notDetermined':
      return hoursNeeded === null
        ? { text: 'a sudden change near the end', tone: 'open' }
        : { text: `needs about ${neededText(hoursNeeded)}`, tone: 'open' };
    case 'absent':
      return name === 'environmentMemory' ? 'not read from the platform' : 'no orders';
  }
}
