import { mean, sampleStandardDeviation } from 'simple-statistics';
import { studentT975 } from '../../statistics/student-t.ts';
import type { Estimate } from '../schema/estimate-schema.ts';

/**
 * The mean of one figure per round with its 95% interval by Student's t, not below 0. Null without rounds; one round
 * gives no interval.
 */
export function estimateOfRounds(values: readonly number[]): Estimate | null {
  if (values.length === 0) return null;
  const value = mean([...values]);
  if (values.length === 1) return { value, low: null, high: null };
  const half =
    (studentT975(values.length - 1) * sampleStandardDeviation([...values])) /
    Math.sqrt(values.length);
  return { value, low: Math.max(0, value - half), high: value + half };
}
