import { expect, it } from 'vitest';
import { secondsText, spanText } from '../../../lib/core/text/seconds-text.ts';

it.each([
  [0, '0 s'],
  [3.46, '3.5 s'],
  [45, '45 s'],
  [59.97, '1 min'],
  [90, '1 min 30 s'],
  [90.4, '1 min 30 s'],
  [7200, '2 h'],
  [7325, '2 h 2 min 5 s'],
])('%d seconds are "%s"', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});

it('names the unit of a short span once', () => {
  expect(spanText(5, 6)).toBe('5 to 6 s');
  expect(spanText(2.5, 5)).toBe('2.5 to 5 s');
  expect(spanText(55, 60)).toBe('55 s to 1 min');
  expect(spanText(60, 62)).toBe('1 min to 1 min 2 s');
});
