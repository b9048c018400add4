/** Up to this many values in both samples the p-value is exact; for more it is a normal approximation. */
const EXACT_UP_TO = 50;
/** For a sample this small the p-value is exact against up to 60 others too: the normal approximation is poor there. */
const SMALL_SAMPLE = 8;
const EXACT_WITH_SMALL = 70;

/**
 * Two-sided p-value of the Mann–Whitney U test: the probability that two samples from one distribution differ in
 * rank by at least this much. Exact, including ties, for at most 50 values (or 70 if one sample has at most 8);
 * otherwise the normal approximation with corrections for ties and continuity.
 *
 * Source: E. L. Lehmann, Nonparametrics, 1975, sections 1.2 and 1.4.
 * @returns 1 if a sample is empty or all values are equal.
 */
export function mannWhitney(a: Float64Array, b: Float64Array): number {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const total = few.length + many.length;
  if (few.length === 0) return 1;
  const { rankSum, ties } = doubledRanks(few, many);
  if (ties.length === 1) return 1;
  const isExact = total <= EXACT_UP_TO || (few.length <= SMALL_SAMPLE && total <= EXACT_WITH_SMALL);
  return isExact
    ? exactP(few.length, rankSum, ties)
    : normalP(few.length, many.length, rankSum, ties);
}

/** Twice the sum of the mid-ranks of `few` (a whole number), and the sizes of groups of equal values. */
function doubledRanks(few: Float64Array, many: Float64Array) {
  const x = Float64Array.from(few).sort();
  const y = Float64Array.from(many).sort();
  const ties: number[] = [];
  let rankSum = 0;
  let i = 0;
  let j = 0;
  while (i < x.length || j < y.length) {
    const value = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY);
    const before = i + j;
    const firstX = i;
    while (x[i] === value) i += 1;
    while (y[j] === value) j += 1;
    const size = i + j - before;
    ties.push(size);
    rankSum += (i - firstX) * (2 * before + size + 1);
  }
  return { rankSum, ties };
}

/** Counts in how many ways `few` of the ranks add up to each sum, one group of ties after the other. */
function exactP(few: number, rankSum: number, ties: readonly number[]): number {
  const total = ties.reduce((sum, size) => sum + size, 0);
  const width = few * (2 * total - few + 1) + 1;
  const ways = new Float64Array((few + 1) * width);
  ways[0] = 1;
  let before = 0;
  for (const size of ties) {
    const rank = 2 * before + size + 1;
    const chosenUpTo = Math.min(few, before + size);
    for (let chosen = chosenUpTo; chosen > 0; chosen -= 1) {
      let choices = 1;
      for (let taken = 1; taken <= Math.min(size, chosen); taken += 1) {
        choices = (choices * (size - taken + 1)) / taken;
        const [to, from] = [chosen * width + taken * rank, (chosen - taken) * width];
        for (let sum = 0; sum < width - taken * rank; sum += 1) {
          const way = ways[from + sum] as number;
          if (way !== 0) ways[to + sum] = (ways[to + sum] as number) + way * choices;
        }
      }
    }
    before += size;
  }
  let low = 0;
  let high = 0;
  let all = 0;
  for (let sum = 0; sum < width; sum += 1) {
    const way = ways[few * width + sum] as number;
    all += way;
    if (sum <= rankSum) low += way;
    if (sum >= rankSum) high += way;
  }
  return Math.min(1, (2 * Math.min(low, high)) / all);
}

function normalP(few: number, many: number, rankSum: number, ties: readonly number[]): number {
  const total = few + many;
  const tied = ties.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const variance = ((few * many) / 12) * (total + 1 - tied / (total * (total - 1)));
  const distance = Math.abs(rankSum / 2 - (few * (total + 1)) / 2);
  const z = Math.max(0, distance - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(z));
}

/**
 * Share of the standard normal distribution above z ≥ 0, with a relative error below 1.2e-7.
 * Source: W. H. Press et al., Numerical Recipes in C, 2nd edition, section 6.2 (erfcc).
 */
function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const terms = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418,
    0.37409196, 1.00002368, -1.26551223,
  ];
  const polynomial = terms.reduce((sum, term) => sum * t + term, 0);
  return (t * Math.exp(-x * x + polynomial)) / 2;
}
