import { expect, it } from 'vitest';
import { shownFigure, showsFigure } from './shown-figure.ts';

it.each([
  ['17.6 ms', 17.6, 0.1],
  ['≈ 1,250 ms', 1250, 1],
  ['1.25 s', 1250, 10],
  ['1 min 40 s', 100_000, 1000],
  ['98.06%', 0.9806, 0.0001],
  ['39.1/s', 39.1, 0.1],
  ['−23.72 points', -23.72, 0.01],
  ['$0.012', 0.012, 0.001],
  ['1,755 orders', 1755, 1],
])('reads %s', (text, value, step) => {
  expect(shownFigure(text)?.value).toBeCloseTo(value, 9);
  expect(shownFigure(text)?.step).toBeCloseTo(step, 9);
});

it.each([
  ['17.6 ms', 17.62, true],
  ['17.7 ms', 17.62, false],
  ['18 ms', 17.62, false],
  ['20 ms', 20.04, true],
  ['99.99%', 0.99993, true],
  ['100%', 0.99996, false],
  ['>99.99%', 0.99996, true],
  ['98.997%', 0.98997, true],
  ['<0.01%', 0.00004, true],
  ['–', null, true],
  ['0 ms', null, false],
])('knows whether %s shows %d', (text, value, expected) => {
  expect(showsFigure(text, value)).toBe(expected);
});
