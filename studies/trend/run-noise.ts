import type { Random } from '../../order-api/lambda/random.ts';

/** A series without a change, with mean 0 and standard deviation 1 (except outliers). */
export type Noise = (random: Random, length: number) => Float64Array;

/** Fills an array with independent normal draws, by the Box–Muller transform. */
function fillNormal(random: Random, values: Float64Array): void {
  for (let i = 0; i < values.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
  }
}

export const normalNoise: Noise = (random, length) => {
  const values = new Float64Array(length);
  fillNormal(random, values);
  return values;
};

/** Student's t with three degrees of freedom, scaled to a standard deviation of 1: heavy tails. */
const heavyTailed: Noise = (random, length) => {
  const draws = normalNoise(random, 4 * length);
  return Float64Array.from({ length }, (_, i) => {
    const [z, a, b, c] = draws.subarray(4 * i, 4 * i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return z / Math.sqrt(a * a + b * b + c * c);
  });
};

/** One in twenty nights is off by five to ten standard deviations, mostly upwards. */
const withOutliers: Noise = (random, length) =>
  normalNoise(random, length).map((value) => {
    if (random() >= 0.05) return value;
    return value + (random() < 0.8 ? 1 : -1) * (5 + 5 * random());
  });

/** Each night keeps 0.3 of the value of the night before. */
const autocorrelated: Noise = (random, length) => {
  const draws = normalNoise(random, length + 20);
  const innovation = Math.sqrt(1 - 0.3 ** 2);
  let value = 0;
  return draws.map((draw) => (value = 0.3 * value + innovation * draw)).slice(20);
};

export const NOISES = {
  gauss: normalNoise,
  t3: heavyTailed,
  outliers: withOutliers,
  'AR(0.3)': autocorrelated,
} as const;
