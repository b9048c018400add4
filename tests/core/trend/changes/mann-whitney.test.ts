import { expect, it } from 'vitest';
import { mannWhitney } from '../../../../lib/core/trend/changes/mann-whitney.ts';
import { NEEDS_BENCHSTAT, readBenchmarks } from './benchstat-data.ts';

const p = (a: readonly number[], b: readonly number[]) =>
  mannWhitney(Float64Array.from(a), Float64Array.from(b));
const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

it('counts small samples out', () => {
  // Of the C(6,3) = 20 ways to rank them, one puts all of a below all of b, and one above.
  expect(p([1, 2, 3], [4, 5, 6])).toBeCloseTo(2 / 20, 12);
  expect(p(range(0, 3), range(10, 12))).toBeCloseTo(2 / 455, 12);
  expect(p([4, 5, 6], [1, 2, 3])).toBe(p([1, 2, 3], [4, 5, 6]));
  expect(p([1, 3, 5], [2, 4, 6])).toBeCloseTo(0.7, 12);
});

it('counts ties out: two of three values at the top of four equal pairs', () => {
  // Ranks 1.5 1.5 3.5 3.5: a = {1, 1} has the lowest sum in 1 of 6 ways, and as far above in 1 of 6.
  expect(p([1, 1], [2, 2])).toBeCloseTo(2 / 6, 12);
  expect(p([5, 5, 5], [5, 5])).toBe(1);
  expect(p([], [1])).toBe(1);
});

it('goes over into the normal curve without a jump', () => {
  const a = range(0, 25).map((value) => value * 2);
  const exact = p(
    a,
    range(0, 25).map((value) => value * 2 + 13),
  );
  const normal = p(
    a,
    range(0, 26).map((value) => value * 2 + 13),
  );
  expect(normal).toBeLessThan(exact);
  expect(normal / exact).toBeGreaterThan(0.5);
});

/**
 * Benchmark data of github.com/golang/perf (cmd/benchstat/testdata: old.txt and new.txt, in ns), and
 * p-values of SciPy 1.17.1. With ties `mannwhitneyu(method='exact')` takes ranks as if there were none, so
 * these are of `permutation_test` over all C(20, 10) splits, with the sum of `rankdata` as its statistic.
 */
const BENCHSTAT: readonly (readonly [name: string, old: number[], fresh: number[], p: number])[] = [
  [
    'Encode/format=json',
    [1726, 1723, 1707, 1707, 1713, 1729, 1736, 1707, 1705, 1774],
    [1423, 1416, 1411, 1413, 1412, 1426, 1422, 1424, 1447, 1425],
    1.082508822e-5,
  ],
  [
    'Encode/format=gob',
    [3069, 3075, 3069, 3067, 3207, 3064, 3064, 3058, 3059, 3062],
    [3075, 3065, 3059, 3065, 3060, 3081, 3186, 3135, 3087, 3062],
    0.4461018857,
  ],
];

it.each(BENCHSTAT)("equals SciPy's permutation test on %s", (_, old, fresh, expected) => {
  expect(p(old, fresh) / expected).toBeCloseTo(1, 8);
});

it("equals SciPy's normal approximation on larger samples with ties", () => {
  const walk = (count: number, step: number, modulus: number, from: number) =>
    range(0, count).map((i) => ((i * step) % modulus) + from);
  // mannwhitneyu(method='asymptotic'), SciPy 1.17.1, whose normal tail is exact.
  expect(p(walk(30, 37, 101, 0), walk(30, 53, 97, 9))).toBeCloseTo(0.5201098260029866, 6);
  expect(p(walk(9, 37, 41, 0), walk(60, 53, 47, 5))).toBeCloseTo(0.2289955474473564, 6);
});

/** The same for crc-old.txt and crc-new.txt, whose 720 values stay in their files. */
const CRC32: readonly (readonly [name: string, p: number])[] = [
  ['poly=IEEE/size=15/align=0', 0.008302842668],
  ['poly=IEEE/size=15/align=1', 0.5389161922],
  ['poly=IEEE/size=40/align=0', 0.005509969906],
  ['poly=IEEE/size=40/align=1', 0.003009374526],
  ['poly=IEEE/size=512/align=0', 1.082508822e-5],
  ['poly=IEEE/size=512/align=1', 1.082508822e-5],
  ['poly=IEEE/size=1kB/align=0', 1.082508822e-5],
  ['poly=IEEE/size=1kB/align=1', 1.082508822e-5],
  ['poly=IEEE/size=4kB/align=0', 1.082508822e-5],
  ['poly=IEEE/size=4kB/align=1', 1.082508822e-5],
  ['poly=IEEE/size=32kB/align=0', 1.082508822e-5],
  ['poly=IEEE/size=32kB/align=1', 1.082508822e-5],
  ['poly=Castagnoli/size=15/align=0', 0.6416029791],
  ['poly=Castagnoli/size=15/align=1', 0.9593734439],
  ['poly=Castagnoli/size=40/align=0', 0.6940505315],
  ['poly=Castagnoli/size=40/align=1', 0.03616661976],
  ['poly=Castagnoli/size=512/align=0', 0.6142588062],
  ['poly=Castagnoli/size=512/align=1', 0.8375695512],
  ['poly=Castagnoli/size=1kB/align=0', 0.007274459287],
  ['poly=Castagnoli/size=1kB/align=1', 0.2391911494],
  ['poly=Castagnoli/size=4kB/align=0', 0.03234536361],
  ['poly=Castagnoli/size=4kB/align=1', 0.004741388642],
  ['poly=Castagnoli/size=32kB/align=0', 0.8692437593],
  ['poly=Castagnoli/size=32kB/align=1', 0.00115828444],
  ['poly=Koopman/size=15/align=0', 0.2161553617],
  ['poly=Koopman/size=15/align=1', 0.3231721839],
  ['poly=Koopman/size=40/align=0', 0.001937690792],
  ['poly=Koopman/size=40/align=1', 0.05486154712],
  ['poly=Koopman/size=512/align=0', 0.0002814522938],
  ['poly=Koopman/size=512/align=1', 0.1431401416],
  ['poly=Koopman/size=1kB/align=0', 0.05242590227],
  ['poly=Koopman/size=1kB/align=1', 1.082508822e-5],
  ['poly=Koopman/size=4kB/align=0', 0.9705124597],
  ['poly=Koopman/size=4kB/align=1', 0.7543679231],
  ['poly=Koopman/size=32kB/align=0', 0.6842105263],
  ['poly=Koopman/size=32kB/align=1', 0.008930697785],
];

it("equals SciPy's permutation test on benchstat's CRC32 data", (context) => {
  const [old, fresh] = [readBenchmarks('crc-old.txt'), readBenchmarks('crc-new.txt')];
  if (old === null || fresh === null) return context.skip(NEEDS_BENCHSTAT);
  expect([...old.keys()]).toEqual(CRC32.map(([name]) => `CRC32/${name}`));
  for (const [name, expected] of CRC32) {
    const [a, b] = [old, fresh].map((side) => side.get(`CRC32/${name}`) ?? []) as [
      number[],
      number[],
    ];
    expect([a.length, b.length], name).toEqual([10, 10]);
    expect(p(a, b) / expected, name).toBeCloseTo(1, 8);
  }
});
