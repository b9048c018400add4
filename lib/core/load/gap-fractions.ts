/**
 * Draws where the orders of a stretch lie, one after the other, with no more memory than for one. The
 * function is called with the number of orders that are still to come, and gives the share of the rest of
 * the stretch that lies before the next one.
 *
 * Gaps with the gamma distribution of shape a = 1 / cv², given how many orders the whole stretch holds: of
 * m gaps that are left the first takes a share with the distribution Beta(a, (m − 1) a), whatever the
 * gaps before it were. With cv = 1 these are the order statistics of uniform numbers, which is how Poisson
 * arrivals lie once their number is known.
 *
 * Source: Devroye, Non-Uniform Random Variate Generation, 1986, V.2 (uniform spacings) and XI.4
 * (Dirichlet distribution by ratios of gammas).
 */
export function gapFractions(cv: number, random: () => number): (toCome: number) => number {
  // −expm1 keeps the small shares of long stretches exact, where 1 − u ** (1 / n) would not.
  if (cv === 1) return (toCome) => -Math.expm1(Math.log(random()) / toCome);
  const shape = 1 / (cv * cv);
  const gamma = gammaSampler(random);
  return (toCome) => {
    const gap = gamma(shape);
    // With a small shape both are too small for a double now and then.
    return gap === 0 ? 0 : gap / (gap + gamma(shape * toCome));
  };
}

/**
 * Gamma-distributed numbers of scale 1.
 *
 * Source: Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, ACM TOMS 26(3), 2000.
 */
function gammaSampler(random: () => number): (shape: number) => number {
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const ofLargeShape = (shape: number): number => {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return (shape) =>
    shape >= 1 ? ofLargeShape(shape) : ofLargeShape(shape + 1) * random() ** (1 / shape);
}
