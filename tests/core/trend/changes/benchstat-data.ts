import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(process.cwd(), '../shared/data/golang-perf');

/** Why a test that reads it is skipped. */
export const NEEDS_BENCHSTAT = `needs data of others: cmd/benchstat/testdata of github.com/golang/perf as ${FOLDER}`;

/** The text of a file of benchstat's test data; null where it is not there. */
export function readBenchstatFile(name: string): string | null {
  const file = resolve(FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Nanoseconds an operation by benchmark, without the number of processors in its name. */
export function readBenchmarks(name: string): Map<string, number[]> | null {
  const text = readBenchstatFile(name);
  if (text === null) return null;
  const values = new Map<string, number[]>();
  for (const [, key, value] of text.matchAll(
    /^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns\/op/gm,
  )) {
    values.set(key as string, [...(values.get(key as string) ?? []), Number(value)]);
  }
  return values;
}
