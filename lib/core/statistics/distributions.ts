/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';

const { studentt, centralF } = jstat.jStat;

/** Quantiles by their arguments: a comparison needs the same few again and again. */
const quantiles = new Map<string, number>();

/** The quantile of Student's t distribution. Degrees of freedom need not be whole numbers. */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  const key = `${probability}/${degreesOfFreedom}`;
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  const value = studentt.inv(probability, degreesOfFreedom);
  if (quantiles.size > 1000) quantiles.clear();
  quantiles.set(key, value);
  return value;
}

/** Probability of a value of Student's t distribution at least as far from 0. */
export function tTwoSidedP(t: number, degreesOfFreedom: number): number {
  if (!Number.isFinite(t)) return 0;
  return Math.min(1, 2 * studentt.cdf(-Math.abs(t), degreesOfFreedom));
}

/** Probability of an F value at least as large. */
export function fUpperP(f: number, numeratorDf: number, denominatorDf: number): number {
  if (!Number.isFinite(f)) return 0;
  return 1 - centralF.cdf(f, numeratorDf, denominatorDf);
}
