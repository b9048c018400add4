/** The 97.5% quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The 97.5% quantile of Student's t distribution: half the width of a 95% interval in standard errors. Within 0.15%
 * of the exact value.
 *
 * Source: closed forms for 1 and 2 degrees of freedom; else Abramowitz & Stegun, Handbook of
 * Mathematical Functions, 26.7.5.
 * @throws RangeError for less than one degree of freedom.
 */
export function studentT975(degreesOfFreedom: number): number {
  const n = degreesOfFreedom;
  if (!(n >= 1)) throw new RangeError(`At least one degree of freedom is needed, not ${n}.`);
  if (n === 1) return Math.tan(Math.PI * 0.475);
  if (n === 2) return 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
  const g1 = (Z ** 3 + Z) / 4;
  const g2 = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const g3 = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  const g4 = (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92_160;
  return Z + g1 / n + g2 / n ** 2 + g3 / n ** 3 + g4 / n ** 4;
}
