import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ARRIVALS_ACCEPTED,
  type Arrivals,
  type ArrivalsChoice,
  gapVariation,
  parseArrivals,
  renderArrivals,
} from '../../../lib/core/load/arrivals.ts';

const file = (path: string, speed = 1): ArrivalsChoice => ({ kind: 'file', path, speed });
const recorded = (name: string, speed = 1): Arrivals => ({
  ...{ kind: 'recorded', file: name, speed, orders: 1, peakPerSecond: 1, sha256: '' },
});

describe('parseArrivals', () => {
  it.each<[string, ArrivalsChoice]>([
    ['even', { kind: 'even' }],
    ['poisson', { kind: 'poisson' }],
    ['cv:2', { kind: 'cv', cv: 2 }],
    ['cv:0.1', { kind: 'cv', cv: 0.1 }],
    ['cv:10', { kind: 'cv', cv: 10 }],
    ['cv:1.25', { kind: 'cv', cv: 1.25 }],
    ['orders.csv', file('orders.csv')],
    ['./my logs/a.jsonl', file('./my logs/a.jsonl')],
    ['orders.csv@2', file('orders.csv', 2)],
    ['orders.csv@0.001', file('orders.csv', 0.001)],
    ['orders.csv@1000', file('orders.csv', 1000)],
    ['a@2@3', file('a@2', 3)],
    // Names that only look like a speed.
    ['me@home.csv', file('me@home.csv')],
    ['a@2x', file('a@2x')],
    ['a@1e3', file('a@1e3')],
    ['a@.5', file('a@.5')],
    ['a@-1', file('a@-1')],
    ['a@', file('a@')],
    ['@2', file('@2')],
    // Words are exact; any other is a file.
    ['Poisson', file('Poisson')],
    [' even', file(' even')],
    ['cv', file('cv')],
    ['CV:2', file('CV:2')],
  ])('reads %j', (text, choice) => {
    expect(parseArrivals(text)).toEqual(choice);
  });

  it.each([
    ...['', 'a\0b', 'cv:', 'cv:0', 'cv:0.09', 'cv:10.1', 'cv:11', 'cv:-1', 'cv:+1', 'cv:1e1'],
    ...['cv:.5', 'cv:1.', 'cv:NaN', 'cv:Infinity', 'cv:2x', 'cv: 2', 'cv:1,5'],
    ...['a@0', 'a@0.0009', 'a@1000.1', 'a@99999'],
  ])('refuses %j', (text) => {
    expect(parseArrivals(text)).toBeNull();
  });

  it('names its limits for messages', () => {
    expect(ARRIVALS_ACCEPTED).toBe(
      'even, poisson, cv:NUMBER (0.1 to 10), or FILE or FILE@SPEED (0.001 to 1000)',
    );
  });
});

describe('renderArrivals', () => {
  it.each<[Arrivals, string]>([
    [{ kind: 'even' }, 'even'],
    [{ kind: 'poisson' }, 'poisson'],
    [{ kind: 'cv', cv: 0.5 }, 'cv:0.5'],
    [recorded('orders.csv'), 'orders.csv'],
    [recorded('orders.csv', 2.5), 'orders.csv@2.5'],
  ])('%j', (arrivals, text) => {
    expect(renderArrivals(arrivals)).toBe(text);
  });

  it('says what --arrivals would take again', () => {
    const cv = fc.integer({ min: 10, max: 1000 }).map((hundredths) => hundredths / 100);
    const speed = fc.integer({ min: 1, max: 1_000_000 }).map((thousandths) => thousandths / 1000);
    const name = fc.stringMatching(/^[a-z0-9_.-]{1,12}\.csv$/);
    fc.assert(
      fc.property(cv, name, speed, (variation, path, times) => {
        const gamma = { kind: 'cv', cv: variation } as const;
        expect(parseArrivals(renderArrivals(gamma))).toEqual(gamma);
        expect(parseArrivals(renderArrivals(recorded(path, times)))).toEqual(file(path, times));
      }),
    );
  });
});

it.each<[Arrivals, number]>([
  [{ kind: 'even' }, 0],
  [{ kind: 'poisson' }, 1],
  [{ kind: 'cv', cv: 2.5 }, 2.5],
  [recorded('orders.csv', 2), 0],
])('the gaps of %j vary by %d', (arrivals, variation) => {
  expect(gapVariation(arrivals)).toBe(variation);
});
