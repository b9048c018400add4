import { describe, expect, it } from 'vitest';
import { driftSentence } from '../../../lib/questions/soak/drift-sentence.ts';
import { changeText, neededText } from '../../../lib/questions/soak/measure-words.ts';
import type { Drift, DriftMeasure } from '../../../lib/questions/soak/schema.ts';
import { driftText } from '../../../lib/questions/soak/text.ts';

function measure(name: DriftMeasure['name'], changes: Partial<DriftMeasure> = {}): DriftMeasure {
  return {
    name,
    status: 'flat',
    perHour: 0.2,
    interval: [-0.5, 0.9],
    tolerance: name === 'success' ? 0.1 : 3,
    startLevel: name === 'success' ? 0.999 : 59.2,
    points: 40,
    autocorrelation: 0,
    hoursNeeded: null,
    why: 'because',
    ...changes,
  };
}

function drift(status: Drift['status'], hours: number, measures: readonly DriftMeasure[]): Drift {
  const found = { status, hours, measures };
  return { ...found, why: driftSentence(found) };
}

const open = (hoursNeeded: number | null) => ({ status: 'notDetermined', hoursNeeded }) as const;

describe('the sentence', () => {
  it.each([
    [
      drift('notDetermined', 1 / 60, [measure('p50', open(1.98)), measure('p95', open(68.9))]),
      '1 min is too short to see a drift: p50 needs 2 h and p95 69 h.',
    ],
    [
      drift('drifting', 4, [
        measure('p50', { status: 'drifting', perHour: 3.44, interval: [1.9, 5.1] }),
        measure('success', { status: 'drifting', perHour: -0.3, interval: [-0.5, -0.1] }),
        measure('p99', open(9)),
      ]),
      'p50 rises by 3.4% per hour and success falls by 0.3 points per hour.',
    ],
    [
      drift('drifting', 0.1, [
        measure('p50', { status: 'drifting', perHour: -262, interval: [-393, -143] }),
        measure('p95', open(1.9)),
      ]),
      'p50 fell during the run, but 6 min is too short to say by how much per hour: p95 needs 2 h.',
    ],
    [
      drift('flat', 4, [measure('p50'), measure('success'), measure('environmentMemory')]),
      'No drift: p50 and memory within ±3% per hour and success within ±0.1 points.',
    ],
    [
      drift('notDetermined', 4, [measure('p50'), measure('p95', open(null))]),
      'A sudden change near the end hides whether p95 drifted.',
    ],
  ])('%#', ({ why }, sentence) => expect(why).toBe(sentence));
});

it('shows a slope only where its interval stays below the level', () => {
  const wide = { ...open(69), perHour: -5000, interval: [-20_000, 9000] as const };
  const { tables } = driftText(drift('notDetermined', 1 / 60, [measure('p50', wide)]));
  expect(tables?.[0]?.rows).toEqual([
    ['p50', '59.2 ms', '–', '–', '±3%', { text: 'needs about 69 h', tone: 'open' }],
  ]);
  const narrow = driftText(drift('flat', 4, [measure('success')])).tables?.[0]?.rows;
  expect(narrow?.[0]?.slice(1, 5)).toEqual([
    '99.9%',
    '+0.2 points',
    '−0.5 to +0.9 points',
    '±0.1 points',
  ]);
});

it('takes the measure that drifts most for its figure', () => {
  const { tile } = driftText(
    drift('drifting', 4, [
      measure('p50', { status: 'drifting', perHour: 3.4, interval: [1.9, 5.1] }),
      measure('p95', { status: 'drifting', perHour: 8, interval: [6, 10] }),
    ]),
  );
  expect(tile).toEqual({
    label: 'Drift of p95',
    value: '+8% per hour',
    note: '95% interval +6% to +10%, over 4 h',
  });
});

describe('neededText', () => {
  it.each([
    [5 / 60, '5 min'],
    [0.51, '31 min'],
    [3.14, '3 h 10 min'],
    [12.1, '13 h'],
    [300, '13 days'],
  ])('rounds %f hours up to %s', (hours, text) => expect(neededText(hours)).toBe(text));
});

it('has no sign for a change that rounds to nothing', () => {
  expect(changeText('p50', -0.01)).toBe('0%');
  expect(changeText('success', -0.02)).toBe('−0.02 points');
  expect(changeText('p99', 12.34)).toBe('+12.3%');
});
