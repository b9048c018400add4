import { expect, it } from 'vitest';
import { studentT975 } from '../../../lib/core/statistics/student-t.ts';

/** Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2. */
it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [9, 2.262],
  [14, 2.145],
  [29, 2.045],
  [100, 1.984],
])('%i degrees of freedom: %f', (degrees, expected) => {
  expect(Math.abs(studentT975(degrees) / expected - 1)).toBeLessThan(0.0015);
});

it('needs at least one degree of freedom', () => {
  expect(() => studentT975(0)).toThrow(RangeError);
});
