import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDuration, renderDuration } from '../../../lib/core/text/parse-duration.ts';

it.each([
  ['45s', 45_000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1s500ms', 1500],
  ['1m500ms', 60_500],
  ['1.5h', 5_400_000],
  ['0.5m', 30_000],
  ['1d', 86_400_000],
  ['0s', 0],
])('reads %s as %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  '',
  '45',
  '1.5',
  's',
  '-5s',
  '+5s',
  '5 s',
  ' 5s',
  '5s ',
  '30s1m',
  '5s5s',
  '1e3s',
  '.5s',
  '5S',
  '1_000ms',
])('refuses %j', (text) => {
  expect(parseDuration(text)).toBeNull();
});

it('reads back what it renders', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (ms) => {
      expect(parseDuration(renderDuration(ms))).toBe(ms);
    }),
  );
});
