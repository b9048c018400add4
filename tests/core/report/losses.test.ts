import { expect, it } from 'vitest';
import { lossesOf, lossShareText, lossText } from '../../../lib/core/report/losses.ts';
import { sampleStep } from '../judge/sample-steps.ts';

const losses = (outcomes: Parameters<typeof sampleStep>[0], rest = {}) =>
  lossesOf(sampleStep(outcomes, rest));

it('names the most frequent loss as a share and the others as counts', () => {
  const all = losses({ created: 114, throttled: 35, connection: 2 }, { dropped: 1, unresolved: 3 });
  expect(lossShareText(all, 150)).toBe(
    '23% throttled (35 of 150 orders), 3 never answered, 2 failed with a connection error, 1 dropped',
  );
});

it('tells small shares to the hundredth', () => {
  expect(lossShareText(losses({ throttled: 90 }), 8257)).toBe(
    '1.09% throttled (90 of 8,257 orders)',
  );
});

it('tells every loss as a count', () => {
  expect(lossText(losses({ serverError: 1200, timeout: 1 }))).toBe(
    '1,200 failed with a server error, 1 timed out',
  );
  expect(lossText(losses({ created: 5, duplicate: 1 }))).toBe('');
});
