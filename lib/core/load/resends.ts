/** Standard deviations above the mean; the normal distribution has 1 in 30,000 beyond four. */
const DEVIATIONS = 4;

/**
 * The most of `orders` orders that are sent again where each is with the probability `ratio`: mean and
 * four standard deviations of the binomial distribution. Not rounded; 0 without retries, all of them with a
 * ratio of 1.
 */
export function mostResent(orders: number, ratio: number): number {
  const mean = orders * ratio;
  return Math.min(orders, mean + DEVIATIONS * Math.sqrt(mean * (1 - ratio)));
}
