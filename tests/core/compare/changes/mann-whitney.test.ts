import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { mannWhitney } from '../../../../lib/core/compare/changes/mann-whitney.ts';

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

it("equals benchstat's golden output", (context) => {
  const folder = resolve(process.cwd(), '../shared/data/golang-perf');
  if (!existsSync(folder)) {
    context.skip(
      `needs data of others: cmd/benchstat/testdata of github.com/golang/perf as ${folder}`,
    );
  }
  const read = (name: string) => readFileSync(resolve(folder, name), 'utf8').split('\n');
  const valuesOf = (name: string) => {
    const values = new Map<string, number[]>();
    for (const line of read(name)) {
      const [, key, value] = /^Benchmark(\S+)\s+\d+\s+([\d.]+) ns\/op/.exec(line) ?? [];
      if (key === undefined) continue;
      values.set(key, [...(values.get(key) ?? []), Number(value)]);
    }
    return values;
  };
  const [old, fresh] = [valuesOf('old.txt'), valuesOf('new.txt')];
  const [crcOld, crcNew] = [valuesOf('crc-old.txt'), valuesOf('crc-new.txt')];
  const golden = read('crcOldNew.stdout').flatMap((line) => {
    const [, key, value] = /^(\S+).*\(p=([\d.]+) n=\d+\)/.exec(line) ?? [];
    return key === undefined ? [] : [{ key, value }];
  });
  // The rates of the second table are the same ranks, rounded otherwise.
  const times = golden.filter(
    ({ key }, position) => golden.findIndex((one) => one.key === key) === position,
  );
  const ours = times.map(({ key }) => ({
    key,
    value: p(crcOld.get(key) ?? [], crcNew.get(key) ?? []).toFixed(3),
  }));
  expect(ours).toEqual(times);
  expect(times.length + old.size + fresh.size).toBeGreaterThan(0);
});
